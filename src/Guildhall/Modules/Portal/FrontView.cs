using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Portal;

/// <summary>What visitors see before the first results.</summary>
/// <param name="Program">The program that is open; null while the first is being set up.</param>
/// <param name="SignIn">For staff.</param>
public sealed record FrontView(FrontProgram? Program, Link SignIn);

/// <summary>A program as visitors meet it.</summary>
/// <param name="AppliesTo">Its part of the addresses where shops apply; null when applications are closed.</param>
/// <param name="Measures">The primary outcome first, then what must not get worse.</param>
public sealed record FrontProgram(string Name, string? AppliesTo, int Weeks, DateOnly LastDay, IReadOnlyList<FrontMeasure> Measures);

/// <summary>One thing that is measured, and how.</summary>
/// <param name="IsPrimary">False for a figure that must only not get worse.</param>
public sealed record FrontMeasure(string Name, string Definition, bool IsPrimary);
