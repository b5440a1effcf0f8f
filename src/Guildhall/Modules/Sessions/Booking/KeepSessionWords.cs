using Guildhall.Platform.Database;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sessions;

/// <summary>Removes what two people wrote to each other in sessions that are long over. That they met stays.</summary>
sealed class KeepSessionWords(GuildhallDb db) : IKeepForAWhile
{
    public KeptKind Kind { get; } = new("session-words", "Topics, links and words of sessions", "So that a pair can look up what they talked about.", 24);

    public async Task<int> Remove(DateTimeOffset before, CancellationToken stop) => (await db.Database.SqlQuery<Guid>($"""
        WITH changes AS (UPDATE sessions.session_change c SET words = '' FROM sessions.session s WHERE s.id = c.session_id AND s.ends_at < {before} AND c.words <> '' RETURNING c.session_id),
            sessions AS (UPDATE sessions.session SET agenda = '', join_link = NULL WHERE ends_at < {before} AND (agenda <> '' OR join_link IS NOT NULL) RETURNING id)
        SELECT id AS "Value" FROM sessions UNION SELECT session_id FROM changes
        """).ToListAsync(stop)).Count;
}
