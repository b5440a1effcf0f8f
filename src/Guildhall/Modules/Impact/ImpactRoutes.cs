using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Impact;

/// <summary>The addresses of Impact.</summary>
static class ImpactRoutes
{
    public const string Root = "/manage/{program}/impact";

    public static string Of(string program) => $"/manage/{program}/impact";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var impact = routes.MapGroup(Root).RequireAccess(AccessTable.RunProgram);
        impact.MapGet("", (string program, string? did, ImpactPages pages, CancellationToken stop) => pages.Show(program, did switch { "settled" => "Saved. What you settled stands with its day.", "cost" => "Saved. The cost stands with its day.", _ => null }, stop));
        impact.MapPost("", async (string program, AskReading ask, Shell shell, Actor actor, CancellationToken stop) => await ask.Run(program, actor, stop) switch
        {
            null => Results.LocalRedirect(Of(program)),
            { Code: AskReading.NoPlan } => Results.LocalRedirect($"{Of(program)}/plan"),
            { } refusal => await Page.Refused(shell, refusal, stop),
        });
        impact.MapGet("plan", (string program, ImpactPages pages, CancellationToken stop) => pages.Plan(program, new FormFields(), StatusCodes.Status200OK, stop));
        impact.MapPost("plan", async (string program, FormFields form, SavePlan save, ImpactPages pages, Shell shell, Actor actor, CancellationToken stop) =>
        {
            var terms = Read(form, await pages.Currency(stop));
            if (form.Refusal is not null) return await pages.Plan(program, form.RefusedElsewhere(terms.Problems()), StatusCodes.Status422UnprocessableEntity, stop);
            return await save.Run(program, terms, form.Edition("seen"), actor, stop) switch
            {
                null => Results.LocalRedirect($"{Of(program)}?did=settled"),
                { Kind: RefusalKind.Invalid } refusal => await pages.Plan(program, form.Refused(refusal), Page.StatusOf(refusal), stop),
                { } refusal => await Page.Refused(shell, refusal, stop),
            };
        });
        impact.MapGet("cost", (string program, ImpactPages pages, CancellationToken stop) => pages.Cost(program, new FormFields(), StatusCodes.Status200OK, stop));
        impact.MapPost("cost", async (string program, FormFields form, SaveCost save, ImpactPages pages, Shell shell, Actor actor, CancellationToken stop) =>
        {
            var cost = Amounts.Read(form, "Cost", "what it cost", await pages.Currency(stop));
            var fee = decimal.Round(form.Number("Fee", "what the marketplace keeps"), 2);
            if (form.Refusal is not null) return await pages.Cost(program, form, StatusCodes.Status422UnprocessableEntity, stop);
            return await save.Run(program, cost, fee, form.Edition("seen"), actor, stop) switch
            {
                null => Results.LocalRedirect($"{Of(program)}?did=cost"),
                { Kind: RefusalKind.Invalid } refusal => await pages.Cost(program, form.Refused(refusal), Page.StatusOf(refusal), stop),
                { } refusal => await Page.Refused(shell, refusal, stop),
            };
        });
        impact.MapGet("report", (string program, ImpactPages pages, CancellationToken stop) => pages.Report(program, stop));
        impact.MapGet("method", (string program, ImpactPages pages, CancellationToken stop) => pages.Method(program, stop));
        PublishPages.Map(impact);
        ImpactExport.Map(impact);
    }

    static ReadingTerms Read(FormFields form, Currency? currency)
    {
        if (!Enum.TryParse<StudyOutcome>(form.Text("Outcome"), out var outcome) || !Enum.IsDefined(outcome)) form.Refuse("Outcome", "Choose what the program is judged by.");
        var compares = form.Values("Compares", []);
        return new(
            outcome, form.Whole("WindowPeriods", "the window"), compares.Contains(ImpactWords.Category), compares.Contains(ImpactWords.Country), compares.Contains(ImpactWords.Age),
            decimal.Round(form.Number("UsefulPercent", "the smallest useful effect"), 1))
        {
            FirstSale = Wait(Awaited.FirstSale, "", () => 0),
            Milestone = Wait(Awaited.Milestone, "MilestoneAmount", () => Amounts.Read(form, "MilestoneAmount", "the sales to reach", currency) ?? 0),
            Staying = Wait(Awaited.Quiet, "StayingQuiet", () => form.Whole("StayingQuiet", "the days without an order")),
        };

        // What is left empty is not looked at.
        WaitTerms? Wait(Awaited what, string threshold, Func<long> read)
        {
            var (name, question) = (WaitTerms.FieldOf(what), WaitTerms.QuestionOf(what));
            string[] fields = [.. new[] { threshold, $"{name}Within", $"{name}Useful" }.Where(field => field.Length > 0)];
            if (fields.All(field => form.Text(field).Length == 0)) return null;
            foreach (var field in fields.Where(field => form.Text(field).Length == 0)) form.Refuse(field, $"Fill this in too, or leave all fields of {question} empty.");
            return form.Refusal is not null && fields.Any(field => form.Error(field) is not null) ? null
                : new(what, form.Whole($"{name}Within", $"the days that count for {question}"), decimal.Round(form.Number($"{name}Useful", $"the days that would be worth having of {question}"), 1), read());
        }
    }
}
