namespace Guildhall.Platform.Ui;

/// <summary>Which colours a person sees: what their system asks for, unless they picked.</summary>
public enum Theme { System, Light, Dark }

/// <summary>A link with its words.</summary>
public sealed record Link(string Label, string Href);

/// <summary>What the frame around a page shows. Modules give it; the frame knows none of them.</summary>
/// <param name="Marketplace">Leads on public pages and above the program's name.</param>
/// <param name="Program">The program the page belongs to; null above programs.</param>
/// <param name="Programs">Where the switcher leads; with fewer than two it is a label.</param>
/// <param name="Rail">Sections in the order of the rail. Only pages that exist.</param>
/// <param name="RailFoot">Settings and, last, Help: the same place on every page.</param>
/// <param name="Person">Null when nobody is signed in.</param>
/// <param name="Path">Where the page is, so that a change of theme comes back to it.</param>
public sealed record ShellContext(
    string Marketplace,
    string? Program = null,
    IReadOnlyList<Link>? Programs = null,
    IReadOnlyList<RailSection>? Rail = null,
    IReadOnlyList<RailLink>? RailFoot = null,
    SignedIn? Person = null,
    Theme Theme = Theme.System,
    string Path = "/",
    Area Area = Area.Manage)
{
    /// <summary>How many notices this person has not read, up to <see cref="MostUnread"/>; null where the frame has no bell.</summary>
    public int? Unread { get; init; }

    /// <summary>Nobody counts further.</summary>
    public const int MostUnread = 100;

    /// <summary>Where this person's other roles have their pages.</summary>
    public IReadOnlyList<Link> Homes { get; init; } = [];

    /// <summary>What leads the rail: on personal pages the marketplace, which its sellers know.</summary>
    public string Brand => Area == Area.Manage ? "Guildhall" : Marketplace;
}

/// <summary>A group of places in the rail under one word, such as Run or Measure.</summary>
public sealed record RailSection(string? Label, IReadOnlyList<RailLink> Links);

/// <summary>One place in the rail.</summary>
/// <param name="InBottomBar">At most four: on a phone the fifth place is More.</param>
/// <param name="Waits">How much of it needs the person: never a total.</param>
public sealed record RailLink(string Label, string Href, string Icon, bool Current = false, bool InBottomBar = false, int Waits = 0);

/// <summary>The person at the screen.</summary>
/// <param name="SignOutHref">Where the sign-out form posts.</param>
public sealed record SignedIn(string Name, string Role, string SignOutHref);
