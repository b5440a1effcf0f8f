using Guildhall.Modules.Impact;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Portal;

/// <summary>What visitors see first.</summary>
/// <param name="Program">The program that is open; null while the first is being set up.</param>
/// <param name="SignIn">For staff.</param>
/// <param name="Results">The program's results as they are public; null before the first and once they are taken down.</param>
/// <param name="ResultsDueOn">When the first can be expected; null where there are some, or that day is over.</param>
public sealed record FrontView(FrontProgram? Program, Link SignIn, PublicResults? Results = null, DateOnly? ResultsDueOn = null)
{
    /// <summary>The outcome that the program is judged by.</summary>
    internal PublicOutcome? Headline => Results?.Outcomes is [var first, ..] ? first : null;
}

/// <summary>A program as visitors meet it.</summary>
/// <param name="AppliesTo">Its part of the addresses where shops apply; null when applications are closed.</param>
/// <param name="Measures">The primary outcome first, then what must not get worse.</param>
public sealed record FrontProgram(string Name, string? AppliesTo, int Weeks, DateOnly LastDay, IReadOnlyList<FrontMeasure> Measures);

/// <summary>One thing that is measured, and how.</summary>
/// <param name="IsPrimary">False for a figure that must only not get worse.</param>
public sealed record FrontMeasure(string Name, string Definition, bool IsPrimary);
