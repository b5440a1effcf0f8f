namespace Guildhall.Platform.Ui;

/// <summary>One answer to choose.</summary>
public sealed record Choice(string Value, string Label, string? Detail = null);
