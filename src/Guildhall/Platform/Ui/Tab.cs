namespace Guildhall.Platform.Ui;

/// <summary>One of the views behind <see cref="Tabs"/>.</summary>
public sealed record Tab(string Label, string Href, int? Count = null, bool Current = false, string? CountId = null);
