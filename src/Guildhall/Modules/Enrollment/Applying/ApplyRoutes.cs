using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Enrollment;

/// <summary>The addresses of an application: a page a question, the answers to check, and where it stands. The same on both sides of a program.</summary>
static class ApplyRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, new ApplyFlow(Side.Mentee, "/apply", MenteeQuestions.All));
        Map(routes, new ApplyFlow(Side.Mentor, "/mentor/apply", MentorQuestions.All));
    }

    static void Map(IEndpointRouteBuilder routes, ApplyFlow flow)
    {
        var apply = routes.MapGroup(flow.Path).RequireAccess(AccessTable.TakePart);
        apply.MapGet("", async (ProgramLookup programs, Shell shell, CancellationToken stop) => await programs.TakingApplications(stop) switch
        {
            [] => Page.Of<ApplyClosedPage>(new { Shell = await shell.Public(stop), Title = "No program takes applications now", Why = "When the next cohort opens, this page leads to it.", Next = new Link("Go to the start page", "/") }),
            [var only] => Results.LocalRedirect($"{flow.Path}/{only.Slug}"),
            var several => Page.Of<ChooseProgramPage>(new { Shell = await shell.Public(stop), Flow = flow, Programs = several }),
        });
        apply.MapGet("{program}", (string program, ApplyPages pages, ShopActor shop, CancellationToken stop) => pages.Start(flow, program, shop, stop));
        apply.MapGet("{program}/check", (string program, ApplyPages pages, ShopActor shop, CancellationToken stop) => pages.Check(flow, program, shop, new FormFields(), null, stop));
        apply.MapPost("{program}/check", (string program, FormFields form, ApplyPages pages, ShopActor shop, CancellationToken stop) => pages.Send(flow, program, shop, form, stop));
        apply.MapGet("{program}/done", (string program, ApplyPages pages, ShopActor shop, CancellationToken stop) => pages.Done(flow, program, shop, null, stop));
        apply.MapPost("{program}/withdraw", (string program, ApplyPages pages, ShopActor shop, CancellationToken stop) => pages.Withdraw(flow, program, shop, stop));
        if (flow.Side == Side.Mentor) apply.MapPost("{program}/appeal", (string program, FormFields form, ApplyPages pages, ShopActor shop, CancellationToken stop) => pages.Appeal(flow, program, form, shop, stop));
        foreach (var question in flow.Questions)
        {
            apply.MapGet($"{{program}}/{question.Step}", (string program, ApplyPages pages, ShopActor shop, CancellationToken stop) => pages.Ask(flow, question, program, shop, new FormFields(), null, stop));
            apply.MapPost($"{{program}}/{question.Step}", (string program, FormFields form, ApplyPages pages, ShopActor shop, CancellationToken stop) => pages.Answer(flow, question, program, shop, form, stop));
        }
    }
}

/// <summary>One side's way through an application.</summary>
public sealed record ApplyFlow(Side Side, string Path, IReadOnlyList<QuestionKind> Questions)
{
    /// <summary>The start page of this side.</summary>
    public string Home => Side == Side.Mentee ? "/me" : "/mentor";

    public string Href(ProgramFacts program, string step) => $"{Path}/{program.Slug}/{step}";

    /// <summary>The page after one, or before the first that is not answered.</summary>
    public string After(QuestionKind question) => At(question) + 1 < Questions.Count ? Questions[At(question) + 1].Step : "check";

    public string? Before(QuestionKind question) => At(question) > 0 ? Questions[At(question) - 1].Step : null;

    public string Position(QuestionKind question) => string.Create(CultureInfo.InvariantCulture, $"Question {At(question) + 1} of {Questions.Count}");

    int At(QuestionKind question) => Questions.ToList().IndexOf(question);
}
