using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Programs;

/// <summary>What every page of a program's set-up shows around its one question.</summary>
/// <param name="Seen">The edition of the program that the form was filled from, so that the second of two people is told.</param>
/// <param name="FrontPage">What visitors see; null for a program about the past, which is not for them.</param>
/// <param name="Form">What was typed and refused, if anything was.</param>
public sealed record SetupStep(ShellContext Shell, string Slug, string Name, bool IsDraft, string Seen, int Version, ProgramDesign Design, NewProgramForm Schedule, FrontPagePlace? FrontPage, FormFields Form)
{
    public static readonly IReadOnlyList<string> Order = ["name", "goal", "who", "stages", "publish"];

    public string Href(string step) => $"/manage/{Slug}/setup/{step}";

    public static string Position(string step) => $"Step {Order.ToList().IndexOf(step) + 1} of {Order.Count}";

    /// <summary>Where a saved step leads: the next one, and from the last to the program.</summary>
    public static string NextHref(string slug, string step) => Order.ToList().IndexOf(step) is var at && at + 1 < Order.Count ? $"/manage/{slug}/setup/{Order[at + 1]}" : $"/manage/{slug}";
}

/// <summary>The program on the front page that anybody may see.</summary>
/// <param name="IsHere">It is this one.</param>
/// <param name="Other">The name of the one that is shown instead; null when none is.</param>
public sealed record FrontPagePlace(bool IsHere, string? Other);
