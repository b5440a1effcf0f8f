using Guildhall.Modules.Enrollment;

namespace Guildhall.Modules.Experiments;

/// <summary>Until when a mentee waits because lots were drawn.</summary>
sealed class WaitsByLot(EnrollmentLookup enrollment, LotteryLookup lotteries) : IKnowWaits
{
    public async Task<IReadOnlyDictionary<Guid, DateOnly>> OfMentee(Guid sellerId, CancellationToken stop)
    {
        Dictionary<Guid, DateOnly> waits = [];
        var seats = (await enrollment.SeatsOf(sellerId, stop)).Where(seat => seat.Side == Side.Mentee).ToList();
        foreach (var draw in await lotteries.Holding([.. seats.Select(seat => seat.ProgramId)], stop))
        {
            var seat = seats.First(seat => seat.ProgramId == draw.ProgramId);
            if ((await lotteries.Now(draw.ProgramId, stop)).Holding is { } holding && holding.Holds(seat.ParticipantId, seat.JoinedAt)) waits[draw.ProgramId] = draw.WaitsUntil;
        }

        return waits;
    }
}
