using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Enrollment;

/// <summary>Answers the requests of an application's pages.</summary>
sealed class ApplyPages(ProgramLookup programs, ReadApplicantScene read, Apply apply, WaitingList waiting, CharterLookup charter, SignCharter sign, OfferTrial trials, PickTips pick, Shell shell)
{
    /// <summary>Leads to the first page without an answer; of what was sent, to where it stands.</summary>
    public async Task<IResult> Start(ApplyFlow flow, string slug, ShopActor shop, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { IsDraft: false } program) return await Missing(stop);
        var known = await apply.Of(program.Id, shop, stop);
        if (await apply.InTheWay(program, shop, flow.Side, known, stop) is { } refusal) return await Closed(flow, program, refusal, stop);
        if (known is { IsOpen: true, State: not ApplicationState.Draft }) return Results.LocalRedirect(flow.Href(program, "done"));
        if (await read.Of(program, shop.SellerId, withPains: false, stop) is not { } scene) return await Missing(stop);
        var answers = known is { IsOpen: true } ? known.Answers : new ApplicationAnswers();
        return Results.LocalRedirect(flow.Href(program, flow.Questions.FirstOrDefault(question => question.Said(answers, scene) is null)?.Step ?? "check"));
    }

    public async Task<IResult> Ask(ApplyFlow flow, QuestionKind question, string slug, ShopActor shop, FormFields form, Refusal? refusal, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { IsDraft: false } program || await read.Of(program, shop.SellerId, withPains: question.Step is "help" or "skills", stop) is not { } scene) return await Missing(stop);
        var known = await apply.Of(program.Id, shop, stop);
        if (refusal is null && await apply.InTheWay(program, shop, flow.Side, known, stop) is { } blocked) return await Closed(flow, program, blocked, stop);
        if (known is { State: ApplicationState.Accepted }) return Results.LocalRedirect(flow.Href(program, "done"));
        var answers = known is { IsOpen: true } ? known.Answers : new ApplicationAnswers();
        return Page.Of<QuestionPage>(new
        {
            Shell = await Frame(program, stop),
            Question = question.Show(scene, answers),
            Form = form.Refused(refusal),
            Position = flow.Position(question),
            Here = flow.Href(program, question.Step),
            Back = flow.Before(question) is { } before ? flow.Href(program, before) : "/",
            Later = flow.Home,
            Trial = flow.Side == Side.Mentee && flow.Before(question) is null ? await trials.Of(program, shop.SellerId, stop) : null,
        }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }

    public async Task<IResult> Answer(ApplyFlow flow, QuestionKind question, string slug, ShopActor shop, FormFields form, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { IsDraft: false } program || await read.Of(program, shop.SellerId, withPains: false, stop) is not { } scene) return await Missing(stop);
        // Read once for its refusals: what can't be read is not kept.
        question.Read(form, scene, new ApplicationAnswers());
        if (form.Refusal is { } unreadable) return await Ask(flow, question, slug, shop, form, unreadable, stop);
        if (!(await apply.Save(program, shop, flow.Side, answers => question.Read(form, scene, answers), stop)).Succeeded(out var application, out var refusal))
            return refusal.Kind == RefusalKind.Conflict && refusal.Code != "changed_meanwhile" ? await Closed(flow, program, refusal, stop) : await Ask(flow, question, slug, shop, form, refusal, stop);
        // Somebody who came from the summary to change one answer goes back to it.
        var isComplete = flow.Questions.All(other => other.Said(application.Answers, scene) is not null);
        return Results.LocalRedirect(application.State != ApplicationState.Draft ? flow.Href(program, "done") : flow.Href(program, isComplete ? "check" : flow.After(question)));
    }

    public async Task<IResult> Check(ApplyFlow flow, string slug, ShopActor shop, FormFields form, Refusal? refusal, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { IsDraft: false } program || await read.Of(program, shop.SellerId, withPains: false, stop) is not { } scene) return await Missing(stop);
        if (await apply.Of(program.Id, shop, stop) is not { IsOpen: true } application || application.Side != flow.Side) return Results.LocalRedirect($"{flow.Path}/{program.Slug}");
        if (application.State != ApplicationState.Draft && refusal is null) return Results.LocalRedirect(flow.Href(program, "done"));
        return Page.Of<CheckAnswersPage>(new
        {
            Shell = await Frame(program, stop),
            Flow = flow,
            Program = program,
            Scene = scene,
            application.Answers,
            Charter = flow.Side == Side.Mentor ? await charter.Current(stop) : null,
            Form = form.Refused(refusal),
        }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }

    public async Task<IResult> Send(ApplyFlow flow, string slug, ShopActor shop, FormFields form, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { IsDraft: false } program || await read.Of(program, shop.SellerId, withPains: false, stop) is not { } scene) return await Missing(stop);
        if (flow.Side == Side.Mentor)
        {
            if (form.Text("Agrees") != "true") return await Check(flow, slug, shop, form, Refusal.Invalid("agree", "Tick that you keep to the charter. Nothing was sent.", "Agrees"), stop);
            if (await sign.Run(shop, (int)Math.Min(form.Edition("Number"), int.MaxValue), stop) is { } changed) return await Check(flow, slug, shop, new FormFields(), changed, stop);
        }

        var sent = await apply.Send(program, shop, flow.Side, flow.Questions, scene, stop);
        if (sent.Refusal is null or { Code: "sent_already" }) return Results.LocalRedirect(flow.Href(program, "done"));
        return sent.Refusal switch
        {
            { Kind: RefusalKind.NotFound } => await Missing(stop),
            { Code: "unanswered" or "changed_meanwhile" } refusal => await Check(flow, slug, shop, form, refusal, stop),
            { } refusal => await Closed(flow, program, refusal, stop),
        };
    }

    public async Task<IResult> Done(ApplyFlow flow, string slug, ShopActor shop, Refusal? refusal, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { IsDraft: false } program || await apply.Of(program.Id, shop, stop) is not { State: not ApplicationState.Draft } application || application.Side != flow.Side) return await Missing(stop);
        return Page.Of<ApplyDonePage>(new
        {
            Shell = await Frame(program, stop),
            Flow = flow,
            Program = program,
            application.State,
            application.Reason,
            application.Appeal,
            MayAppeal = application is { Side: Side.Mentor, State: ApplicationState.Declined, Appeal: null },
            Place = await waiting.PlaceOf(program, application, stop),
            Trial = application is { Side: Side.Mentee, State: ApplicationState.Sent or ApplicationState.Waiting } ? await trials.Of(program, shop.SellerId, stop) : null,
            Tips = application is { Side: Side.Mentee, State: ApplicationState.Waiting } ? await pick.For(program, shop.SellerId, stop) : [],
            Refusal = refusal,
        }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }

    public async Task<IResult> Withdraw(ApplyFlow flow, string slug, ShopActor shop, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return await Missing(stop);
        return (await apply.Withdraw(program, shop, stop)).Refusal switch
        {
            null => Results.LocalRedirect(flow.Href(program, "done")),
            { Kind: RefusalKind.NotFound } => await Missing(stop),
            { } refusal => await Done(flow, slug, shop, refusal, stop),
        };
    }

    public async Task<IResult> Appeal(ApplyFlow flow, string slug, FormFields form, ShopActor shop, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return await Missing(stop);
        return (await apply.Appeal(program, shop, form.Text("Appeal"), stop)).Refusal switch
        {
            null => Results.LocalRedirect(flow.Href(program, "done")),
            { Kind: RefusalKind.NotFound } => await Missing(stop),
            { } refusal => await Done(flow, slug, shop, refusal, stop),
        };
    }

    async Task<ShellContext> Frame(ProgramFacts program, CancellationToken stop) => await shell.Public(stop) with { Program = program.Name };

    async Task<IResult> Missing(CancellationToken stop) => await Page.Refused(shell, Refusal.NotFound("program"), stop);

    async Task<IResult> Closed(ApplyFlow flow, ProgramFacts program, Refusal why, CancellationToken stop) => Page.Of<ApplyClosedPage>(
        new
        {
            Shell = await Frame(program, stop),
            Title = "You can’t apply here now",
            Why = why.Message,
            Next = why.Code == Enrollment.Apply.TooLongAgo ? new Link("Apply as a mentor", $"/mentor/apply/{program.Slug}") : new Link("Go to your start page", flow.Home),
        }, Page.StatusOf(why));
}
