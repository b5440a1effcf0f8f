namespace Guildhall.Platform.Ui;

/// <summary>A figure in a list of figures.</summary>
/// <param name="Of">What it is out of, or its unit, in small type: "of 42".</param>
/// <param name="Note">What it was, or how old it is.</param>
/// <param name="NoteHref">Where the note leads, if anywhere.</param>
public sealed record Metric(string Label, string Value, string? Of = null, string? Note = null, string? NoteHref = null);
