using System.Globalization;
using Guildhall.Modules.Library;

namespace Guildhall.Modules.Mentorships;

/// <summary>Where a step stands.</summary>
public enum StepState
{
    /// <summary>One of the few that are open.</summary>
    ToDo,
    Done,

    /// <summary>Behind those that are open.</summary>
    Waiting,
}

/// <summary>A step of a shop's own plan.</summary>
/// <param name="Figures">What the shop's figures say of it; null for a step that only a person ticks, and for one that is done.</param>
/// <param name="FiguresOn">The day by which the figures ticked it; null where a person did, or nobody.</param>
public sealed record StepView(PlanStep Step, DateOnly DueOn, StepState State, FigureCheck? Figures, DateTimeOffset? DoneAt, DateOnly? FiguresOn)
{
    /// <summary>A person may tick it: it is open, and the figures don't tell otherwise.</summary>
    public bool MayTick => State == StepState.ToDo && Figures is null or { IsMet: null };

    /// <summary>A person may take the tick back: the figures don't say it is done.</summary>
    public bool MayUntick => State == StepState.Done && FiguresOn is null;

    /// <summary>What stands under the step: how it was ticked, or what it waits for.</summary>
    public string Note => this switch
    {
        { FiguresOn: { } on } => $"Done by your shop’s figures on {on.ToString("d MMM yyyy", CultureInfo.CurrentCulture)}",
        { State: StepState.Done } => $"Done. You ticked it on {DoneAt?.ToString("d MMM yyyy", CultureInfo.CurrentCulture)}",
        { State: StepState.Waiting, Figures: { SoFar: { } known } } => $"Cannot start yet, and ticks itself all the same. So far: {known}",
        { State: StepState.Waiting } => $"Cannot start yet. {Length}",
        { Figures: { IsMet: null } } => "Your shop’s figures for it are not known, so you tick it yourself",
        { Figures: { SoFar: { } soFar } } => $"Ticks itself. So far: {soFar}",
        _ => Length,
    };

    string Length => $"{Step.Minutes} {(Step.Minutes == 1 ? "minute" : "minutes")}";
}

/// <summary>A shop's own plan, as it stands.</summary>
/// <param name="BeganOn">Its day 1, which may lie ahead.</param>
/// <param name="Steps">In the order of the plan.</param>
public sealed record PlanView(int Version, DateOnly BeganOn, DateOnly Today, IReadOnlyList<StepView> Steps)
{
    /// <summary>Nobody looks at more at once: the rest waits.</summary>
    public const int MostOpen = 3;

    public int Day => Today.DayNumber - BeganOn.DayNumber + 1;
    public int Done => Steps.Count(step => step.State == StepState.Done);
    public IReadOnlyList<StepView> Open => [.. Steps.Where(step => step.State == StepState.ToDo)];

    /// <summary>The one to begin with; null when all are done.</summary>
    public StepView? Next => Steps.FirstOrDefault(step => step.State == StepState.ToDo);

    public StepView? Find(string key) => Steps.FirstOrDefault(step => step.Step.Key == key);

    internal static PlanView Of(PlanFacts plan, DateOnly beganOn, DateOnly today, IReadOnlyDictionary<string, StepMark> marks, Func<string, FigureCheck> check)
    {
        var open = OpenOf(plan.Steps, marks, check);
        return new(plan.Version, beganOn, today, [.. plan.Steps.Select(step =>
        {
            var mark = marks.GetValueOrDefault(step.Key);
            return new StepView(
                step, beganOn.AddDays(step.DueDay - 1), mark is not null ? StepState.Done : open.Contains(step.Key) ? StepState.ToDo : StepState.Waiting,
                mark is null && step.CompletesWhen is { } condition ? check(condition) : null, mark?.DoneAt, mark?.FiguresOn);
        })]);
    }

    /// <summary>
    /// The first steps of the plan that are not done. Of those that only the figures can tick one is open at a time, while there is something else to do: three of
    /// them would leave somebody who waits for a sale with nothing in their hands.
    /// </summary>
    static HashSet<string> OpenOf(IReadOnlyList<PlanStep> steps, IReadOnlyDictionary<string, StepMark> marks, Func<string, FigureCheck> check)
    {
        List<PlanStep> left = [.. steps.Where(step => !marks.ContainsKey(step.Key))];
        List<PlanStep> byFigures = [.. left.Where(step => step.CompletesWhen is { } condition && check(condition).IsMet is not null)];
        List<PlanStep> byHand = [.. left.Except(byFigures)];
        var waitedFor = Math.Max(1, MostOpen - byHand.Count);
        var candidates = byFigures.Take(waitedFor).Concat(byHand).Select(step => step.Key).ToHashSet();
        return [.. left.Where(step => candidates.Contains(step.Key)).Take(MostOpen).Select(step => step.Key)];
    }
}
