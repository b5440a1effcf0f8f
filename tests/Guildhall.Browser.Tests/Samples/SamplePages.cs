using Guildhall.Browser.Tests.Support;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Experiments;
using Guildhall.Modules.Impact;
using Guildhall.Modules.Mentorships;
using Guildhall.Modules.Pairing;
using Guildhall.Modules.People;
using Guildhall.Modules.Portal;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sessions;
using Guildhall.Platform.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Guildhall.Browser.Tests.Samples;

/// <summary>The pages with invented views, each at an address of its own.</summary>
public sealed class SamplePages : IAsyncLifetime
{
    static readonly Dictionary<string, Func<SamplePage>> pages = new(StringComparer.Ordinal)
    {
        ["/front"] = () => Page<FrontPage>(("Shell", SampleShell.Public), ("View", new FrontView(SampleFront.Open, new("Sign in", "/sign-in")))),
        ["/front-with-results"] = () => Page<FrontPage>(("Shell", SampleShell.Public), ("View", new FrontView(SampleFront.Open, new("Sign in", "/sign-in"), SampleResults.Public))),
        ["/results"] = () => Page<ResultsPage>(("Shell", SampleShell.Public), ("View", SampleResults.View)),
        ["/results-before"] = () => Page<ResultsPage>(("Shell", SampleShell.Public), ("View", SampleResults.View with { Results = null, DueOn = new(2027, 1, 15), Others = [] })),
        ["/results-taken-down"] = () => Page<ResultsPage>(("Shell", SampleShell.Public), ("View", SampleResults.View with { Results = SampleResults.TakenDown })),
        ["/method"] = () => Page<PublicMethodPage>(("Shell", SampleShell.Public), ("Texts", new[] { new MarkupString("<h2>Question</h2><p>How much more did mentored sellers sell?</p><table class=\"gh-table\"><thead><tr><th>verdict</th><th>when</th></tr></thead><tbody><tr><td>Too early</td><td>the window is not over</td></tr></tbody></table><pre><code>k 10</code></pre>") }), ("Door", new Link("Sign in", "/sign-in"))),
        ["/publish-results"] = () => Page<PublishResultsPage>(("Shell", SampleShell.Workspace), ("View", SampleResults.Publish), ("Form", new FormFields())),
        ["/front-before-a-program"] = () => Page<FrontPage>(("Shell", SampleShell.Public with { Program = null }), ("View", new FrontView(null, new("Sign in", "/sign-in")))),
        ["/first-run"] = () => Page<FirstRunPage>(("Shell", SampleShell.Public), ("Errors", new[] { new FieldError("Password", "Enter a password of 12 characters or more") }), ("IsOpen", true), ("Token", "t")),
        ["/sign-in"] = () => Page<SignInPage>(("Shell", SampleShell.Public), ("Errors", Array.Empty<FieldError>())),
        ["/studio-after-keep"] = () => Page<StudioPage>(("Shell", SampleShell.Workspace), ("View", SampleStudio.View(open: null, all: true, news: new("Run 3 is ready. 9 pairs changed.")))),
        ["/programs"] = () => Page<ProgramListPage>(("Shell", SampleShell.Workspace), ("View", SampleSetup.Programs)),
        ["/programs-empty"] = () => Page<ProgramListPage>(("Shell", SampleShell.Workspace), ("View", new ProgramPage([], 1, HasMore: false))),
        ["/setup-goal"] = () => Page<GoalPage>(("Step", SampleSetup.Refused)),
        ["/setup-who"] = () => Page<WhoPage>(("Step", SampleSetup.Step)),
        ["/setup-stages"] = () => Page<StagesPage>(("Step", SampleSetup.Step)),
        ["/setup-matching"] = () => Page<SetupMatchingPage>(("Step", SampleSetup.Step), ("View", SampleSetup.Matching)),
        ["/setup-rewards"] = () => Page<RewardsPage>(("Step", SampleSetup.Step)),
        ["/setup-coaching"] = () => Page<CoachingPage>(("Step", SampleSetup.Step)),
        ["/setup-pains"] = () => Page<PainsPage>(("Step", SampleSetup.Step)),
        ["/setup-welcome"] = () => Page<WelcomePage>(("Step", SampleSetup.Running)),
        ["/setup-state"] = () => Page<StatePage>(("Step", SampleSetup.Running)),
        ["/setup-running"] = () => Page<PublishPage>(("Step", SampleSetup.Running)),
        ["/setup-versions"] = () => Page<VersionsPage>(("Shell", SampleShell.Workspace), ("View", SampleSetup.Versions)),
        ["/manage-charter"] = () => Page<ManageCharterPage>(("Shell", SampleShell.Workspace), ("View", SampleSetup.CharterView), ("Form", new FormFields()), ("MayChange", true)),
        ["/charter"] = () => Page<CharterPage>(("Shell", SampleShell.Public), ("Charter", SampleSetup.Charter), ("SignIn", new Link("Sign in", "/sign-in"))),
        ["/setup-publish"] = () => Page<PublishPage>(("Step", SampleSetup.Step)),
        ["/studio-stretched"] = () => Page<StudioPage>(("Shell", SampleShell.Workspace), ("View", SampleStretched.View)),
        ["/matching-start"] = () => Page<MatchingStartPage>(("Shell", SampleShell.Workspace), ("View", new MatchingStartView("Autumn 2026", "/manage/first-90-days", 42, 18, 40, "/run", [], Lottery: new("42 mentees wait for 40 open places. Lots would give everybody the same chance.", new Link("Draw lots for the places", "#"))))),
        ["/matching-blocked"] = () => Page<MatchingBlockedPage>(("Shell", SampleShell.Workspace), ("View", new MatchingBlockedView("Autumn 2026", "#", "No pair passes the rules. “A language in common” blocks most: 700 of 756 pairs.", "Language", "/rules", "#", "#"))),
        ["/send"] = () => Page<SendPage>(("Shell", SampleShell.Workspace), ("View", SampleRuns.Send)),
        ["/runs"] = () => Page<RunsPage>(("Shell", SampleShell.Workspace), ("View", SampleRuns.History)),
        ["/learning"] = () => Page<LearningPage>(("Shell", SampleShell.Workspace), ("View", SampleLearning.Better), ("WasApproved", true)),
        ["/learning-choices"] = () => Page<LearningPage>(("Shell", SampleShell.Workspace), ("View", SampleLearning.TooFewChoices)),
        ["/learning-few"] = () => Page<LearningPage>(("Shell", SampleShell.Workspace), ("View", SampleLearning.TooFew)),
        ["/learning-before"] = () => Page<LearningPage>(("Shell", SampleShell.Workspace), ("View", SampleLearning.Before)),
        ["/choices"] = () => Page<MenteeChoicesPage>(("Shell", SampleShell.Workspace), ("View", SampleFinder.Choices)),
        ["/find-mentors"] = () => Page<FindMentorsPage>(("Shell", SampleShell.Workspace), ("View", SampleFinder.Found)),
        ["/progress"] = () => Page<ProgressPage>(("Shell", SampleShell.Workspace), ("View", SampleFigures.Progress)),
        ["/impact"] = () => Page<ImpactPage>(("Shell", SampleShell.Workspace), ("View", SampleFigures.Impact)),
        ["/impact-report"] = () => Page<ImpactReportPage>(("Shell", SampleShell.Workspace), ("View", SampleFigures.Impact), ("Reading", SampleFigures.Impact.Shown!), ("Address", "https://mentoring.example/manage/first-90-days/impact")),
        ["/impact-before"] = () => Page<ImpactPage>(("Shell", SampleShell.Workspace), ("View", SampleFigures.ImpactBefore)),
        ["/planning"] = () => Page<PlanningPage>(("Shell", SampleShell.Workspace), ("View", SamplePlanning.View)),
        ["/planning-before-figures"] = () => Page<PlanningPage>(("Shell", SampleShell.Workspace), ("View", SamplePlanning.View with { Figures = null })),
        ["/leave"] = () => Page<LeavePage>(("Shell", SampleShell.Workspace), ("View", SamplePlanning.Mentorship)),
        ["/paused-pair"] = () => Page<PausedPairPage>(("Shell", SampleShell.Workspace), ("Side", Side.Mentee), ("PairId", Guid.Empty), ("Other", SamplePlanning.Mentorship.Other), ("Since", new DateOnly(2026, 11, 20))),

        ["/lottery"] = () => Page<LotteryPage>(("Shell", SampleShell.Workspace), ("View", SampleLottery.ToMake), ("Form", SampleLottery.Empty), ("Problem", "8 mentees wait for 3 places now, not as on the page you decided on. Nothing was drawn.")),
        ["/lottery-drawn"] = () => Page<LotteryPage>(("Shell", SampleShell.Workspace), ("View", SampleLottery.Made), ("Form", SampleLottery.Empty), ("Done", "Lots are drawn. Matching takes the winners from now on.")),
        ["/lottery-nothing"] = () => Page<LotteryPage>(("Shell", SampleShell.Workspace), ("View", SampleLottery.Nothing), ("Form", SampleLottery.Empty)),
        ["/components"] = () => Page<ComponentsPage>(("Shell", SampleShell.Workspace)),
        ["/not-found"] = () => Page<NotFoundPage>(("Shell", SampleShell.Public)),
        ["/no-access"] = () => Page<NoAccessPage>(("Shell", SampleShell.Workspace)),
        ["/broken"] = () => Page<BrokenPage>(("Shell", SampleShell.Public), ("Reference", "4f2a91c7")),
    };

    internal PageHost Host { get; private set; } = null!;

    /// <summary>Not a page of ours: it has every fault that the check looks for.</summary>
    public const string BadPage = "/bad";

    public static IEnumerable<string> Paths => ["/studio", .. pages.Keys];

    public async ValueTask InitializeAsync() => Host = await PageHost.Start(app =>
    {
        foreach (var (path, page) in pages)
        {
            app.MapGet(path, (HttpRequest request) => page().For(request));
        }
        app.MapGet(BadPage, () => Results.Content(Samples.BadPage.Html, "text/html"));
        SampleStudioRoutes.Map(app);
    });

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    internal static SamplePage Page<TPage>(params (string Name, object? Value)[] parameters) where TPage : IComponent => new(typeof(TPage), parameters);
}

/// <summary>A page with its parameters. Its frame takes the path and the colors from the request, as the product's does.</summary>
sealed record SamplePage(Type Component, IReadOnlyList<(string Name, object? Value)> Parameters)
{
    public RazorComponentResult For(HttpRequest request) => new(Component, Parameters.ToDictionary(
        parameter => parameter.Name,
        parameter => parameter.Value is ShellContext shell ? shell with { Path = request.Path, Theme = ThemeChoice.Of(request) } : parameter.Value));
}
