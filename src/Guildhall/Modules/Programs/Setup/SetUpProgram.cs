using System.Globalization;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Programs;

/// <summary>The pages of a program's set-up: one decision each, saved as it is made.</summary>
static class SetUpProgram
{
    /// <summary>Programs that the page New program offers to copy. Older ones are copied from their own summary.</summary>
    const int CopiesOffered = 5;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var staff = routes.MapGroup("/manage").RequireAccess(AccessTable.RunProgram);
        routes.MapGet("/manage", async (int? page, bool? archive, HttpContext http, Shell shell, ProgramLookup programs, IAuthorizationService authorization, CancellationToken stop) => Page.Of<ProgramListPage>(new
        {
            Shell = await shell.Staff(stop),
            View = await programs.Page(page ?? 1, http.User.WithinReach(), stop, archive ?? false),
            MayStart = await authorization.MayAsync(http.User, AccessTable.ManageMarketplace),
            Runs = http.User.WithinReach(AccessTable.RunProgram),
            HasSessions = http.User.WithinReach(AccessTable.RunTrials),
        })).RequireAccess(AccessTable.Workspace);
        // Starting a program, be it as a copy, is for who reaches all of them.
        var starting = routes.MapGroup("/manage").RequireAccess(AccessTable.ManageMarketplace);
        starting.MapGet("/new", (DraftProgram draft, ProgramLookup programs, Shell shell, CancellationToken stop) => NewPage(draft, programs, shell, new FormFields(), null, stop));
        starting.MapPost("/new", async (FormFields form, DraftProgram draft, ProgramLookup programs, Shell shell, Actor actor, CancellationToken stop) =>
        {
            var asked = Schedule(form) with { CopyOf = form.Text("CopyOf") is { Length: > 0 } original ? original : null };
            if (form.Refusal is not null) return await NewPage(draft, programs, shell, form, form.RefusedElsewhere(draft.Problems(asked)).Refusal, stop);
            return (await draft.Run(asked, actor, stop)).Succeeded(out var program, out var refusal)
                ? Results.LocalRedirect($"/manage/{program.Slug}/setup/goal")
                : await NewPage(draft, programs, shell, form, refusal, stop);
        });

        MapStepPage<NamePage>(staff, "name", async (change, slug, form, _, _, stop) =>
        {
            var asked = Schedule(form);
            if (form.Refusal is null) return await change.Reschedule(slug, form.Edition("seen"), asked, stop);
            return form.RefusedElsewhere(await change.Problems(slug, asked, stop)).Refusal!;
        });
        MapStep<GoalPage>(staff, "goal", ReadGoal);
        MapStep<WhoPage>(staff, "who", (form, _) =>
        {
            var mentees = new Eligibility(form.Whole("MaximumDaysSinceSignUp", "the days since sign-up"));
            var mentors = MentorCriteria.Read(form);
            // A form without the question leaves the answer as it was.
            var vetting = form.Sent.ContainsKey("Reviewers") ? new Vetting(form.Whole("Reviewers", "how many people review a mentor"), form.Text("AsksAboutCoaching") == "true") : null;
            return design => design with { Mentees = mentees, Mentors = mentors, Vetting = vetting ?? design.Vetting };
        });
        MapStep<StagesPage>(staff, "stages", (form, _) =>
        {
            var structure = new Structure(
                form.Whole("LengthWeeks", "the length"), form.Whole("TrialWeeks", "the trial weeks"), form.Whole("TouchpointsAWeek", "the contacts a week"), form.Whole("SessionMinutes", "the minutes of a session"));
            var tiers = Enum.GetValues<TierName>().Where(name => form.Sent.ContainsKey($"{name}_Mentees")).ToDictionary(name => name, name => ReadTier(form, name));
            return design => design with { Structure = structure, Tiers = [.. design.Tiers.Select(tier => tier.HasMentor ? tiers.GetValueOrDefault(tier.Name, tier) : tier)] };
        });
        MapStep<FreeTrialPage>(staff, "free-trial", (form, _) =>
        {
            var trial = new FreeTrial(form.Text("IsOffered") == "true", form.Whole("Days", "the days of the free trial"), form.Whole("MostAtOnce", "how many trials run at the same time"));
            return design => design with { FreeTrial = trial };
        });
        MapStep<RewardsPage>(staff, "rewards", (form, currency) =>
        {
            var reward = Amounts.Read(form, "Reward", "the reward", currency);
            return design => design with { RewardMinorUnits = reward };
        });
        MapStep<CoachingPage>(staff, "coaching", (form, _) =>
        {
            var coaching = new CoachingMethod(CoachingMethod.Lines(form.Text("Steps")), CoachingMethod.Lines(form.Text("SessionGuides")), [.. form.Values("FocusSkills", [])], CoachingMethod.Lines(form.Text("NeverAdvise"))) { Cases = MethodCase.Read(form.Text("Cases")) };
            return design => design with { Coaching = coaching };
        });
        MapStep<PainsPage>(staff, "pains", (form, _) =>
        {
            PainSkill[] map = [.. from pain in PainRules.Names.Keys from skill in Skill.All let weight = ReadWeight(form, pain, skill) where weight != 0 select new PainSkill(pain, skill.Id, weight)];
            return design => design with { PainSkills = map };
        });
        MapStepPage<WelcomePage>(staff, "welcome", async (change, slug, form, _, _, stop) =>
        {
            var welcome = ReadWelcome(form);
            return form.Refusal is { } unreadable ? unreadable : await change.Plan(slug, form.Edition("seen"), welcome, stop);
        });

        MapStepPage<PublishPage>(staff, "publish", (change, slug, form, _, _, stop) => change.Publish(slug, form.Edition("seen"), form.Text("OnFrontPage") == "true", stop));
        staff.MapPost("/{program}/setup/front-page", async (string program, FormFields form, ChangeProgram change, ReadSetup read, Shell shell, GuildhallDb db, CancellationToken stop) =>
        {
            if ((await change.ShowOnFrontPage(program, form.Edition("seen"), form.Text("OnFrontPage") == "true", stop)).Succeeded(out _, out var refusal)) return Results.LocalRedirect($"/manage/{program}/setup/publish");
            db.ChangeTracker.Clear();
            return await StepPage<PublishPage>(program, read, shell, new FormFields(), refusal, stop);
        });
        starting.MapPost("/{program}/setup/copy", async (string program, FormFields form, DraftProgram draft, ReadSetup read, Shell shell, Actor actor, CancellationToken stop) =>
            (await draft.Copy(program, actor, stop)).Succeeded(out var copy, out var refusal)
                ? Results.LocalRedirect($"/manage/{copy.Slug}/setup/name")
                : await StepPage<PublishPage>(program, read, shell, new FormFields(), refusal, stop));

        // A refused form leaves its own address in the browser; opened from there, it leads back to where the form stands.
        foreach (var form in (string[])["front-page", "copy"]) staff.MapGet($"/{{program}}/setup/{form}", (string program) => Results.LocalRedirect($"/manage/{program}/setup/publish"));

        staff.MapGet("/{program}/setup/state", (string program, ReadSetup read, Shell shell, CancellationToken stop) => StepPage<StatePage>(program, read, shell, new FormFields(), null, stop));
        staff.MapPost("/{program}/setup/state", async (string program, FormFields form, ChangeProgram change, ReadSetup read, Shell shell, GuildhallDb db, CancellationToken stop) =>
        {
            var moved = Enum.TryParse<LifeStep>(form.Text("Step"), out var step) && Enum.IsDefined(step)
                ? await change.Move(program, form.Edition("seen"), step, stop)
                : Refusal.Invalid("step", "Choose one of the steps on this page. Nothing was changed.");
            if (moved.Succeeded(out _, out var refusal)) return Results.LocalRedirect(step == LifeStep.Archive ? "/manage?archive=true" : $"/manage/{program}/setup/state");
            db.ChangeTracker.Clear();
            return await StepPage<StatePage>(program, read, shell, new FormFields(), refusal, stop);
        });
        staff.MapGet("/{program}/setup/versions", async (string program, int? page, VersionList versions, Shell shell, CancellationToken stop) =>
            await versions.Of(program, page ?? 1, stop) is { } view ? Page.Of<VersionsPage>(new { Shell = await shell.Staff(stop), View = view }) : await Page.Refused(shell, Refusal.NotFound("program"), stop));
    }

    static NewProgramForm Schedule(FormFields form) =>
        new(form.Text("Name"), form.Text("Cohort"), form.Day("StartsOn", "the first day"), form.Day("ApplicationsCloseOn", "the last day to apply"));

    static Func<ProgramDesign, ProgramDesign> ReadGoal(FormFields form, Currency? currency)
    {
        var goal = new Goal(form.Text("Outcome"), form.Whole("Target", "the target")) { By = form.Text("By").Length == 0 ? null : form.Day("By", "the day of the goal") };
        Guardrail[] guardrails = [.. form.Values("Guardrails", []).Select(id => new Guardrail(id, Limit($"Limit_{id}", id)))];
        string[] secondary = [.. form.Values("Secondary", [])];
        // An amount that nothing asks for is not kept: it would come back with the outcome.
        var milestone = goal.OutcomeId == Outcome.RevenueMilestone || secondary.Contains(Outcome.RevenueMilestone) ? Amounts.Read(form, "Milestone", "the milestone", currency) : null;
        return design => design with { Goal = goal, Guardrails = guardrails, SecondaryOutcomes = secondary, MilestoneMinorUnits = milestone };

        decimal? Limit(string field, string id) => form.Text(field).Length == 0 ? null : form.Number(field, $"the limit for {Outcome.Find(id)?.Label.ToLowerInvariant() ?? id}");
    }

    static Tier ReadTier(FormFields form, TierName name)
    {
        var label = Tier.LabelOf(name);
        return new Tier(name, form.Whole($"{name}_Contacts", $"the contacts a week for {label}"), form.Whole($"{name}_Minutes", $"the minutes for {label}"), form.Whole($"{name}_Mentees", $"the mentees a mentor for {label}"));
    }

    static decimal ReadWeight(FormFields form, string pain, Skill skill)
    {
        var field = PainSkill.FieldOf(pain, skill.Id);
        return form.Text(field).Length == 0 ? 0 : form.Number(field, $"the weight of {skill.Name.ToLowerInvariant()} against {PainRules.Names[pain].ToLowerInvariant()}");
    }

    /// <summary>The welcome session as the form says it; null where day and time were taken out.</summary>
    static WelcomeSession? ReadWelcome(FormFields form)
    {
        if (form.Text("WelcomeOn").Length == 0 && form.Text("WelcomeAt").Length == 0) return null;
        var day = form.Day("WelcomeOn", "the day");
        if (!TimeOnly.TryParseExact(form.Text("WelcomeAt"), ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) form.Refuse("WelcomeAt", "Enter the time as hours and minutes, such as 17:30.");
        return new WelcomeSession(day.ToDateTime(time), form.Text("TimeZone"), form.Whole("LengthMinutes", "the length"), form.Text("JoinLink") is { Length: > 0 } link ? link : null);
    }

    delegate Task<Result<Program>> Save(ChangeProgram change, string slug, FormFields form, Actor actor, GuildhallDb db, CancellationToken stop);

    static void MapStep<TPage>(IEndpointRouteBuilder staff, string step, Func<FormFields, Currency?, Func<ProgramDesign, ProgramDesign>> read) where TPage : IComponent =>
        MapStepPage<TPage>(staff, step, async (change, slug, form, actor, db, stop) =>
        {
            var redesign = read(form, (await db.Set<Marketplace>().AsNoTracking().SingleOrDefaultAsync(stop))?.Currency);
            if (form.Refusal is null) return await change.Redesign(slug, form.Edition("seen"), redesign, actor, stop);
            return form.RefusedElsewhere(await change.Problems(slug, redesign, stop)).Refusal!;
        });

    static void MapStepPage<TPage>(IEndpointRouteBuilder staff, string step, Save save) where TPage : IComponent
    {
        var path = $"/{{program}}/setup/{step}";
        staff.MapGet(path, (string program, ReadSetup read, Shell shell, CancellationToken stop) => StepPage<TPage>(program, read, shell, new FormFields(), null, stop));
        staff.MapPost(path, async (string program, FormFields form, ChangeProgram change, ReadSetup read, Shell shell, GuildhallDb db, Actor actor, CancellationToken stop) =>
        {
            if ((await save(change, program, form, actor, db, stop)).Succeeded(out var saved, out var refusal)) return Results.LocalRedirect(SetupStep.NextHref(program, step, saved.State == ProgramState.Draft));
            db.ChangeTracker.Clear();
            // Of two people the second sees what the first stored, not what they typed over it.
            return await StepPage<TPage>(program, read, shell, refusal.Kind == RefusalKind.Invalid ? form : new FormFields(), refusal, stop);
        });
    }

    static async Task<IResult> StepPage<TPage>(string slug, ReadSetup read, Shell shell, FormFields form, Refusal? refusal, CancellationToken stop) where TPage : IComponent =>
        await read.Of(slug, form.Refused(refusal), stop) is { } step
            ? Page.Of<TPage>(new { Step = step }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal))
            : Page.Of<NotFoundPage>(new { Shell = await shell.Public(stop) }, StatusCodes.Status404NotFound);

    static async Task<IResult> NewPage(DraftProgram draft, ProgramLookup programs, Shell shell, FormFields form, Refusal? refusal, CancellationToken stop) => Page.Of<NewProgramPage>(new
    {
        Shell = await shell.Public(stop),
        Suggested = await draft.Suggestion(stop),
        Copies = await programs.Newest(CopiesOffered, stop),
        Form = form.Refused(refusal),
    }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
}
