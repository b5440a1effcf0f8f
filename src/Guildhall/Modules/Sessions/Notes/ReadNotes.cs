using Guildhall.Modules.Enrollment;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sessions;

/// <summary>What was written down of a session, as one of the two reads it.</summary>
public sealed record NoteView(IReadOnlyList<string> Topics, string Tried, string Figures, string NextStep, int Edition, string WrittenBy, string WrittenAt);

/// <summary>Reads what was written down of a session, for one of the two in it; what the other one keeps for themselves is not read.</summary>
sealed class ReadNotes(GuildhallDb db)
{
    /// <param name="other">What to call the other one.</param>
    public async Task<(NoteView? Note, string? Private)> Of(Guid sessionId, Side side, string other, TimeZoneInfo zone, CancellationToken stop)
    {
        var note = await db.Set<SessionNote>().AsNoTracking().SingleOrDefaultAsync(one => one.SessionId == sessionId, stop);
        var own = await db.Set<PrivateNote>().Where(one => one.SessionId == sessionId && one.Side == side).Select(one => one.Words).SingleOrDefaultAsync(stop);
        return (note is null ? null : new(note.Topics, note.Tried, note.Figures, note.NextStep, note.Edition, note.WrittenFrom == side ? "You" : other, SessionWords.DayAndHour(note.WrittenAt, zone)), own);
    }

    /// <summary>Which sessions have something written down.</summary>
    public async Task<IReadOnlySet<Guid>> Written(IReadOnlyCollection<Guid> sessionIds, CancellationToken stop) =>
        (await db.Set<SessionNote>().Where(one => sessionIds.Contains(one.SessionId)).Select(one => one.SessionId).ToListAsync(stop)).ToHashSet();
}
