using System.Globalization;
using Guildhall.Platform;

namespace Guildhall.Modules.Library;

/// <summary>A third of the 90-day plan.</summary>
public enum PlanStage { Days1To30, Days31To60, Days61To90 }

/// <summary>One step of the plan.</summary>
/// <param name="Key">Names the step in addresses and keeps its ticks from one version to the next.</param>
/// <param name="Why">What it brings, in a sentence.</param>
/// <param name="Minutes">How long it takes.</param>
/// <param name="HowTo">Markdown; shown by <see cref="Prose"/>.</param>
/// <param name="DueDay">The day of the plan by which it should be done, from 1.</param>
/// <param name="Playbook">The slug of an article that helps; null for none.</param>
/// <param name="CompletesWhen">A key of <see cref="StepCondition.All"/>; null is ticked by hand.</param>
public sealed record PlanStep(string Key, PlanStage Stage, string Title, string Why, int Minutes, string HowTo, int DueDay, string? Playbook = null, string? CompletesWhen = null)
{
    public const int WhyLimit = 300;
    public const int HowToLimit = 5_000;
    public const int MostMinutes = 480;

    /// <summary>The first and last day of its stage.</summary>
    internal static (int First, int Last) Days(PlanStage stage) => stage switch { PlanStage.Days1To30 => (1, 30), PlanStage.Days31To60 => (31, 60), _ => (61, 90) };

    internal PlanStep Tidy() => this with
    {
        Title = string.Join(' ', Title.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
        Why = string.Join(' ', Why.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
        HowTo = HowTo.ReplaceLineEndings("\n").Trim(),
        Playbook = string.IsNullOrEmpty(Playbook) ? null : Playbook,
        CompletesWhen = string.IsNullOrEmpty(CompletesWhen) ? null : CompletesWhen,
    };

    internal Refusal? Problem()
    {
        if (!Enum.IsDefined(Stage)) return Refusal.Invalid("stage", "Choose a stage from the list.", nameof(Stage));
        var (first, last) = Days(Stage);
        return Refusal.Together(
            Title.Length is 0 or > ArticleText.TitleLimit ? Refusal.Invalid("title", $"Enter what to do in up to {ArticleText.TitleLimit} characters.", nameof(Title)) : null,
            Why.Length is 0 or > WhyLimit ? Refusal.Invalid("why", $"Enter why in up to {WhyLimit} characters.", nameof(Why)) : null,
            Minutes is < 1 or > MostMinutes ? Refusal.Invalid("minutes", $"Enter between 1 and {MostMinutes} minutes.", nameof(Minutes)) : null,
            DueDay < first || DueDay > last ? Refusal.Invalid("due_day", $"Enter a day from {first} to {last}: the stage has these.", nameof(DueDay)) : null,
            HowTo.Length is 0 or > HowToLimit ? Refusal.Invalid("how_to", string.Create(CultureInfo.InvariantCulture, $"Enter how to do it in up to {HowToLimit:N0} characters."), nameof(HowTo))
                : Markup.Problem(HowTo) is { } unreadable ? Refusal.Invalid("how_to", unreadable, nameof(HowTo)) : null,
            CompletesWhen is null || StepCondition.Find(CompletesWhen) is not null ? null : Refusal.Invalid("completes_when", "Choose from the list what ticks it.", nameof(CompletesWhen)));
    }
}

/// <summary>The steps of one version of the plan, by stage and in the order they are shown.</summary>
sealed record PlanSteps(IReadOnlyList<PlanStep> Items)
{
    /// <summary>A plan of more is one that nobody finishes.</summary>
    public const int Limit = 40;

    const int KeyLimit = 60;

    public PlanStep? Find(string key) => Items.FirstOrDefault(step => step.Key == key);

    /// <summary>A step more, at the end of its stage.</summary>
    public Result<PlanSteps> Add(PlanStep step)
    {
        if (Items.Count >= Limit) return Refusal.Conflict("plan_full", $"The plan has {Limit} steps already. Remove one first. Nothing was changed.");
        step = step.Tidy();
        if (step.Problem() is { } problem) return problem;
        return new PlanSteps(Ordered([.. Items, step with { Key = NewKey(step.Title) }]));
    }

    /// <summary>A step in place of the one with its key.</summary>
    public Result<PlanSteps> Replace(PlanStep step)
    {
        if (Find(step.Key) is null) return Refusal.NotFound("step");
        step = step.Tidy();
        if (step.Problem() is { } problem) return problem;
        return new PlanSteps(Ordered(Items.Select(known => known.Key == step.Key ? step : known)));
    }

    public Result<PlanSteps> Remove(string key)
    {
        if (Find(key) is not { } step) return Refusal.NotFound("step");
        if (Items.Count == 1) return Refusal.Conflict("last_step", "This is the only step. Add another before you remove it. Nothing was changed.");
        return new PlanSteps([.. Items.Where(known => known != step)]);
    }

    /// <summary>Changes places with its neighbor of the same stage.</summary>
    public Result<PlanSteps> Move(string key, bool isUp)
    {
        if (Find(key) is not { } step) return Refusal.NotFound("step");
        var (steps, at) = (Items.ToList(), Items.IndexOf(step));
        var to = isUp ? at - 1 : at + 1;
        if (to < 0 || to >= steps.Count || steps[to].Stage != step.Stage) return Refusal.Conflict("at_the_end", "It stands at the end of its stage already. To move it to another stage, change the step.");
        (steps[at], steps[to]) = (steps[to], steps[at]);
        return new PlanSteps(steps);
    }

    static IReadOnlyList<PlanStep> Ordered(IEnumerable<PlanStep> steps) => [.. steps.OrderBy(step => step.Stage)];

    string NewKey(string title)
    {
        var slug = Slugs.From(title) is { Length: > 0 } made ? made[..Math.Min(made.Length, KeyLimit)].Trim('-') : "step";
        return Enumerable.Range(1, Limit + 1).Select(number => number == 1 ? slug : $"{slug}-{number}").First(key => Find(key) is null);
    }

    // Steps are compared one by one: a list by itself equals only itself.
    public bool Equals(PlanSteps? other) => other is not null && Items.SequenceEqual(other.Items);

    public override int GetHashCode() => Items.Aggregate(0, HashCode.Combine);
}

static class StepLists
{
    public static int IndexOf(this IReadOnlyList<PlanStep> steps, PlanStep step) => steps.Index().First(one => one.Item == step).Index;
}
