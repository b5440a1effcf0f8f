using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Portal;

/// <summary>What visitors see before the first results.</summary>
/// <param name="Program">The program that is open; null while the first is being set up.</param>
/// <param name="SignIn">For staff.</param>
public sealed record FrontView(FrontProgram? Program, Link SignIn);

/// <summary>A program as visitors meet it.</summary>
/// <param name="ApplyHref">Where a shop applies; null when applications are closed.</param>
/// <param name="OverOn">The day on which its weeks are over.</param>
/// <param name="Measures">The primary outcome first, then what must not get worse.</param>
public sealed record FrontProgram(string Name, string? ApplyHref, int Weeks, DateOnly OverOn, IReadOnlyList<FrontMeasure> Measures);

/// <summary>One thing that is measured, and how.</summary>
/// <param name="IsPrimary">False for a figure that must only not get worse.</param>
public sealed record FrontMeasure(string Name, string Definition, bool IsPrimary);
