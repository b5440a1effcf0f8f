using Guildhall.Modules.Enrollment;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Pairing;

/// <summary>Where a pair stands for one of the two in it.</summary>
public enum Standing
{
    /// <summary>Theirs to answer.</summary>
    Open,

    /// <summary>They accepted, and the other has not answered.</summary>
    Accepted,

    /// <summary>A conflict of interest holds it back, and the program's team looks at it.</summary>
    Held,

    Active,

    /// <summary>They were a pair, and are none any more.</summary>
    Over,
    DeclinedByThem,
    DeclinedByOther,
    Withdrawn,

    /// <summary>They did not answer in time.</summary>
    Missed,

    /// <summary>The other did not answer in time.</summary>
    OtherMissed,
}

/// <summary>A pair as one of the two in it sees it: who the other is, why, what to know, and what can be done. Of a pair that ended only that it did.</summary>
/// <param name="Here">The page’s own address, under which its forms post.</param>
/// <param name="ReplyBy">Until when they can answer, with the zone.</param>
/// <param name="Told">What the standing means, in a sentence or two.</param>
/// <param name="Facts">Who the other is, in lines.</param>
/// <param name="ToKnow">The one thing to know before.</param>
/// <param name="Interests">What the other declared that holds now.</param>
/// <param name="Said">On the mentor's side: what the mentee said that a mentor may read.</param>
/// <param name="Competes">On the mentor's side: what they declared against what the mentee sells.</param>
/// <param name="Places">On the mentor's side: how many mentees they have at once, and whether they take new ones, as the same page lets them change it.</param>
public sealed record MatchView(
    Guid Id, Side Side, Standing Standing, string Here, string Program, string ProgramSlug, string Other, string OtherFirst, string OtherShop, string ReplyBy, string Told, int TrialWeeks,
    IReadOnlyList<Figure> Facts, IReadOnlyList<ReasonLine> Reasons, string? ToKnow, IReadOnlyList<HeldInterest> Interests, IReadOnlyList<SaidLine> Said, string? Competes, (bool IsOpen, int Capacity)? Places = null)
{
    /// <summary>The reader's own participant id.</summary>
    public Guid OwnId { get; init; }

    public bool IsShown => Standing is Standing.Open or Standing.Accepted or Standing.Held or Standing.Active;
}
