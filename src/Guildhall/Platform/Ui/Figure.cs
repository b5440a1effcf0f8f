namespace Guildhall.Platform.Ui;

/// <summary>A figure as it is read: value with its unit, and how old it is.</summary>
/// <param name="Value">Null when it is not known.</param>
/// <param name="Age">"to 1 Jun", "3 days old".</param>
public sealed record Figure(string Label, string? Value, string? Age = null);
