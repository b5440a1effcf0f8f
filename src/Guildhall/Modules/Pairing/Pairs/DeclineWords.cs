using Guildhall.Modules.Enrollment;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Pairing;

/// <summary>The short list of reasons to decline a pair, as each side reads it and as staff do.</summary>
static class DeclineWords
{
    public static IReadOnlyList<Choice> Choices(Side side) => [.. Enum.GetValues<DeclineReason>().Select(reason => new Choice(reason.ToString(), Of(reason, side)))];

    public static string Of(DeclineReason reason, Side side) => (reason, side) switch
    {
        (DeclineReason.NoTime, _) => "No time at the moment",
        (DeclineReason.OtherHelp, Side.Mentee) => "I need help with something else",
        (DeclineReason.OtherHelp, _) => "I can’t help with what they need",
        (DeclineReason.TooClose, _) => "Our shops compete, or are too close",
        (DeclineReason.NotAFit, _) => "I don’t think that we fit",
        _ => "Something else",
    };
}
