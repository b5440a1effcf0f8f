using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Pairing;
using Guildhall.Modules.Programs;
using Guildhall.Platform.Ui;

namespace Guildhall.Browser.Tests.Samples;

/// <summary>Two invented lists of mentors: all for one mentee, and the sellers who would make good ones.</summary>
static class SampleFinder
{
    public static MenteeChoicesView Choices { get; } = new(
        "Autumn 2026", "#", "/studio", 3, "Amara Osei", "Osei Ceramics", "Ruth Calloway scores highest.",
        [
            new("ruth", "Ruth Calloway", "Calloway Kitchen", 90, "Chosen by the run.", IsChosen: true),
            new("naomi", "Naomi Fields", "Fields & Hide", 74, "The total falls by 16 points.", IsChosen: false),
            new("victor", "Victor Nguyen", "TrailParts", null, "Blocked by: At least 2 shared hours a week; No direct competitors.", IsChosen: false),
        ],
        3, null, null, "/swap", "amara");

    public static FindMentorsView Found { get; } = new(
        "Autumn 2026", "/manage/first-90-days", new DateOnly(2026, 10, 31), new MentorCriteria(270, 60, 180, 0.25m, 4.2m, 5), new FormFields(),
        [
            new(Guid.AllBitsSet, "Małgorzata’s Shirtmakers", "Chicago, Illinois, US", "Fashion › Clothing › Shirts", "$79,173", "4.5 of 5, 1,203 known", "May 2025 or earlier", IsHere: false, IsElsewhere: true, new InviteStanding(InviteState.CanBe)),
            new(Guid.Empty, "Kindling Wool", "Portland, Oregon, US", "Fashion › Clothing › Knitwear", "$120,753", "4.5 of 5, 1,387 known", "May 2025 or earlier", IsHere: true, IsElsewhere: false, new InviteStanding(InviteState.TakesPart)),
        ],
        2, 1, [], null, null, IsAllChosen: false, WithPolicyPoints: false, PolicyPointsNotKnown: 12, TakesApplications: true, AreAllInvited: false);
}
