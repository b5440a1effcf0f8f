using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Pairing;

/// <summary>The last look before proposals are stored.</summary>
/// <param name="Groups">Who hears what and when, by mentor: one page of them.</param>
/// <param name="Shown">"Pairs 1 to 50 of 189".</param>
/// <param name="LeftOut">Pairs that were unchecked, by name; the first of them.</param>
/// <param name="LeftOutHref">All of them in the studio; null when <paramref name="LeftOut"/> has them all.</param>
/// <param name="Caution">Something to know first, such as a mentor above their usual load.</param>
/// <param name="ApproveAction">Posts <c>version</c>.</param>
/// <param name="WhatHappens">What approving does today, in order.</param>
/// <param name="Closed">Null while the run can be approved.</param>
public sealed record SendView(
    string Cohort, string CohortHref, int RunNumber, int PairCount, int MentorCount, IReadOnlyList<SendGroup> Groups, string Shown, string? PreviousHref, string? NextHref,
    IReadOnlyList<string> LeftOut, int LeftOutCount, string? LeftOutHref, string? Caution, string ApproveAction, string Version, string StudioHref, IReadOnlyList<string> WhatHappens, SendClosed? Closed = null)
{
    /// <summary>Who can't be told by mail; null where everybody can.</summary>
    public SendUntold? Untold { get; init; }
}

/// <summary>People of the pairs of whose shops no address is known.</summary>
/// <param name="Mentors">Asked first. The first of them, each with the page that invites them.</param>
/// <param name="Mentees">The same of mentees.</param>
/// <param name="More">How many more there are.</param>
public sealed record SendUntold(int Count, IReadOnlyList<Link> Mentors, IReadOnlyList<Link> Mentees, int More);

/// <summary>Why the run can't be approved any more, and where to go instead.</summary>
public sealed record SendClosed(string Title, string Why, Link WayOn);

/// <summary>One mentor and the mentees proposed to them.</summary>
public sealed record SendGroup(string Mentor, string MentorShop, IReadOnlyList<SendLine> Mentees);

/// <summary>A proposed mentee.</summary>
public sealed record SendLine(string Mentee, string Shop, decimal Fit);
