namespace Guildhall.Platform.Ui;

/// <summary>What a badge or a notice is about. Its words say the same: color never speaks alone.</summary>
public enum Tone { Neutral, Good, Attention, Problem, Information }

static class Tones
{
    public static string? CssClass(this Tone tone) => tone switch
    {
        Tone.Good => "good",
        Tone.Attention => "warn",
        Tone.Problem => "bad",
        Tone.Information => "info",
        _ => null,
    };
}
