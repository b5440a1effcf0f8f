using System.Globalization;
using Guildhall.Modules.Library;

namespace Guildhall.Modules.Mentorships;

/// <summary>What pages call the parts of a plan.</summary>
static class PlanWords
{
    public static string Of(PlanStage stage) => stage switch { PlanStage.Days1To30 => "Days 1 to 30", PlanStage.Days31To60 => "Days 31 to 60", _ => "Days 61 to 90" };

    public static string Of(StepState state) => state switch { StepState.Done => "Done", StepState.Waiting => "Cannot start yet", _ => "To do" };

    /// <summary>The first and the last day of a stage, of a plan that began on a day.</summary>
    public static string Days(PlanStage stage, DateOnly beganOn) => $"{Day(beganOn.AddDays(30 * (int)stage))} to {Day(beganOn.AddDays((30 * (int)stage) + 29))}";

    public static string Day(DateOnly day) => day.ToString("ddd d MMM", CultureInfo.CurrentCulture);

    /// <summary>"Day 24 of 90. 8 of 14 steps are done."</summary>
    public static string HowFar(PlanView plan)
    {
        var done = plan.Done == 0 ? $"{plan.Steps.Count} steps, and one to begin with" : $"{plan.Done} of {plan.Steps.Count} steps {(plan.Done == 1 ? "is" : "are")} done";
        return plan.Day < 1 ? $"Day 1 is {Day(plan.BeganOn)}. You can begin now. {done}." : plan.Day <= 90 ? $"Day {plan.Day} of 90. {done}." : $"The 90 days ended on {Day(plan.BeganOn.AddDays(89))}. {done}.";
    }
}
