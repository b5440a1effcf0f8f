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

    /// <summary>A draft is filled in step by step; what is open is changed one thing at a time, from the summary.</summary>
    public string Save => IsDraft ? "Continue" : "Save";

    public string BackHref(string step) => IsDraft ? step == Order[0] ? "/manage" : Href(Order[At(step) - 1]) : step == Order[^1] ? $"/manage/{Slug}" : Href(Order[^1]);

    public Link Later => IsDraft ? new("Finish later", "/manage") : new("Back to the program", $"/manage/{Slug}");

    public static string Position(string step) => $"Step {At(step) + 1} of {Order.Count}";

    /// <summary>Where a saved step leads: of a draft to the next one, else to the summary, and from that to the program.</summary>
    public static string NextHref(string slug, string step, bool isDraft) => step == Order[^1] ? $"/manage/{slug}" : $"/manage/{slug}/setup/{(isDraft ? Order[At(step) + 1] : Order[^1])}";

    static int At(string step) => Order.ToList().IndexOf(step);
}

/// <summary>The program on the front page that anybody may see.</summary>
/// <param name="IsHere">It is this one.</param>
/// <param name="Other">The name of the one that is shown instead; null when none is.</param>
public sealed record FrontPagePlace(bool IsHere, string? Other);
