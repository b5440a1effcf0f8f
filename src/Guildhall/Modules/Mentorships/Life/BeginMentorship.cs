using Guildhall.Modules.Pairing;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;

namespace Guildhall.Modules.Mentorships;

/// <summary>Begins a mentorship with the second acceptance of its pair.</summary>
sealed class BeginMentorship(GuildhallDb db, MarketplaceZone zone) : IHearOfPairs
{
    public async Task Accepted(AcceptedPair pair, ProgramFacts program, CancellationToken stop)
    {
        var startedOn = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(pair.AcceptedAt, await zone.Of(stop)).DateTime);
        var (begun, change) = Mentorship.Begin(pair, program, startedOn);
        db.Add(begun);
        db.Add(change);
    }
}
