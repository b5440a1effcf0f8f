using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Sessions;

using Npgsql;

namespace Guildhall.Browser.Tests.Weeks;

/// <summary>Something that has to hold in the database after twelve weeks, whatever people did.</summary>
/// <param name="Broken">Finds what breaks it, a line each, from the history and not from what was concluded from it.</param>
/// <param name="Spoil">Breaks it, to show that it would be found.</param>
sealed record WeeksRule(string Name, string Broken, string Spoil)
{
    public static readonly IReadOnlyList<WeeksRule> All =
    [
        new("nobody has two sessions at once", """
            WITH held AS (
                SELECT s.id, person.seller_id, last.starts_at, last.starts_at + make_interval(mins => s.length_minutes) AS ends_at FROM sessions.session s
                JOIN LATERAL (SELECT c.* FROM sessions.session_change c WHERE c.session_id = s.id ORDER BY c.version DESC LIMIT 1) last ON last.deed <> 'Cancelled'
                CROSS JOIN LATERAL (VALUES (s.mentee_seller_id), (s.mentor_seller_id)) person(seller_id))
            SELECT a.id || ' and ' || b.id FROM held a JOIN held b ON a.seller_id = b.seller_id AND a.id < b.id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
            """,
            "UPDATE sessions.session_change c SET starts_at = (SELECT o.starts_at FROM sessions.session o WHERE o.mentor_seller_id = s.mentor_seller_id AND o.id <> s.id AND o.state = 'Booked' ORDER BY o.id LIMIT 1) FROM sessions.session s WHERE s.id = c.session_id AND s.state = 'Booked' AND EXISTS (SELECT FROM sessions.session o WHERE o.mentor_seller_id = s.mentor_seller_id AND o.id <> s.id AND o.state = 'Booked')"),
        new("a session stands as its history says", """
            SELECT s.id::text FROM sessions.session s JOIN LATERAL (SELECT array_agg(c.version ORDER BY c.version) AS versions, (array_agg(c.deed ORDER BY c.version))[1] AS first, (array_agg(c.deed ORDER BY c.version DESC))[1] AS last,
                (array_agg(c.starts_at ORDER BY c.version DESC))[1] AS starts_at, count(*) FILTER (WHERE c.deed = 'Cancelled') AS cancelled FROM sessions.session_change c WHERE c.session_id = s.id) history ON true
            WHERE history.versions <> ARRAY(SELECT generate_series(0, s.version)) OR history.first <> 'Booked' OR history.starts_at <> s.starts_at OR history.cancelled > 1 OR (history.last = 'Cancelled') <> (s.state = 'Cancelled')
            """,
            "DELETE FROM sessions.session_change WHERE version = 0"),
        new("no mentor has more mentees than places, and no mentee two mentors, at any time", $"""
            WITH held AS ({Held}) SELECT h.id::text FROM held h JOIN enrollment.participant m ON m.id = h.mentor_id
            WHERE (SELECT count(*) FROM held o WHERE o.mentor_id = h.mentor_id AND o.since <= h.since AND o.until > h.since) > (m.as_mentor->>'capacity')::int
               OR (SELECT count(*) FROM held o WHERE o.mentee_id = h.mentee_id AND o.since <= h.since AND o.until > h.since) > 1
            """,
            "UPDATE enrollment.participant SET as_mentor = as_mentor || jsonb_build_object('capacity', 0) WHERE as_mentor IS NOT NULL"),
        new("every mentorship went a way that there is, a step at a time", """
            SELECT c.mentorship_id || ' ' || c.number FROM (SELECT c.*, lag(c.state) OVER w AS before, lag(c.at) OVER w AS earlier, row_number() OVER w AS place FROM mentorships.mentorship_change c WINDOW w AS (PARTITION BY c.mentorship_id ORDER BY c.number)) c
            WHERE c.number <> c.place OR c.at < c.earlier
               OR (coalesce(c.before, 'none'), c.state) NOT IN (('none', 'Trial'), ('Trial', 'Active'), ('Trial', 'Ended'), ('Active', 'Paused'), ('Active', 'Finished'), ('Active', 'Ended'), ('Paused', 'Active'), ('Paused', 'Ended'))
            UNION ALL
            SELECT m.id::text FROM mentorships.mentorship m LEFT JOIN LATERAL (SELECT c.* FROM mentorships.mentorship_change c WHERE c.mentorship_id = m.id ORDER BY c.number DESC LIMIT 1) last ON true
            WHERE last.state IS DISTINCT FROM m.state OR last.number IS DISTINCT FROM m.changes OR last.because IS DISTINCT FROM m.ended_because OR (m.ended_at IS NOT NULL) <> (m.state IN ('Finished', 'Ended'))
            """,
            "DELETE FROM mentorships.mentorship_change WHERE number = 2"),
        new("a pair and its mentorship say the same", """
            SELECT coalesce(p.id, m.id)::text FROM (SELECT * FROM pairing.proposal WHERE state IN ('Active', 'Finished', 'Ended')) p FULL JOIN mentorships.mentorship m ON m.id = p.id
            WHERE p.id IS NULL OR m.id IS NULL OR (p.state = 'Active') <> (m.state IN ('Trial', 'Active', 'Paused')) OR p.ended_because IS DISTINCT FROM m.ended_because OR p.mentee_accepted_at IS NULL OR p.mentor_accepted_at IS NULL
            """,
            "UPDATE pairing.proposal SET state = 'Ended' WHERE state = 'Active'"),
        new("nobody is waited for beyond their time, and no trial goes on beyond its own", """
            SELECT p.id::text FROM pairing.proposal p, moment WHERE p.state = 'Approved' AND p.held_at IS NULL AND p.reply_by <= moment.now
            UNION ALL SELECT p.id::text FROM pairing.proposal p WHERE p.state = 'Expired' AND p.decided_at < p.reply_by
            UNION ALL SELECT m.id::text FROM mentorships.mentorship m, moment WHERE m.state = 'Trial' AND m.trial_ends_on < (moment.now AT TIME ZONE 'America/Sao_Paulo')::date
            """,
            "UPDATE pairing.proposal SET decided_at = reply_by - interval '1 hour' WHERE state = 'Expired'"),
        new("what came of a session was said after it, within a week, and of none that was cancelled", """
            SELECT said.session_id || ' ' || said.side FROM sessions.statement said JOIN sessions.session s ON s.id = said.session_id
            WHERE s.state = 'Cancelled' OR said.said_at < s.ends_at OR said.said_at >= s.ends_at + interval '7 days'
            UNION ALL SELECT f.session_id::text FROM sessions.feedback f JOIN sessions.session s ON s.id = f.session_id WHERE s.state = 'Cancelled' OR f.given_at < s.ends_at OR f.given_at >= s.ends_at + interval '14 days'
            UNION ALL SELECT n.session_id::text FROM sessions.session_note n JOIN sessions.session s ON s.id = n.session_id WHERE s.state = 'Cancelled' OR n.written_at < s.starts_at
            """,
            "UPDATE sessions.statement SET said_at = said_at - interval '14 days'"),
        new("whoever meets was reminded a day and an hour before, of the time that held", """
            SELECT s.id || ' ' || hours || ' ' || person.seller_id FROM sessions.session s CROSS JOIN (VALUES (24), (1)) AS before(hours) CROSS JOIN LATERAL (VALUES (s.mentee_seller_id), (s.mentor_seller_id)) person(seller_id), moment
            WHERE s.state = 'Booked' AND s.starts_at < moment.now AND (SELECT max(c.at) FROM sessions.session_change c WHERE c.session_id = s.id) <= s.starts_at - make_interval(hours => hours)
              AND NOT EXISTS (SELECT FROM sessions.reminder r WHERE r.session_id = s.id AND r.hours_before = hours AND r.seller_id = person.seller_id AND r.starts_at = s.starts_at AND r.sent_at < s.starts_at)
            """,
            "DELETE FROM sessions.reminder WHERE hours_before = 24"),
        new("nothing is booked for a pair that is over, and nothing is left of the work behind the pages", """
            SELECT s.id::text FROM sessions.session s JOIN mentorships.mentorship m ON m.id = s.pair_id, moment WHERE m.state IN ('Finished', 'Ended') AND s.state = 'Booked' AND s.starts_at > moment.now
            UNION ALL SELECT d.handler FROM platform.event_delivery d
            UNION ALL SELECT n.id::text FROM platform.notice n, moment WHERE n.digest_at <= moment.now
            UNION ALL SELECT o.id::text FROM platform.outgoing_mail o, moment WHERE o.state NOT IN ('Sent', 'Skipped', 'InDigest') AND o.next_try_at <= moment.now
            """,
            "UPDATE platform.outgoing_mail SET state = 'Waiting' WHERE kind_id = 'nudge'"),
        new("nobody was reminded of a silence twice in a week by the product itself", """
            SELECT a.id::text FROM mentorships.nudge a JOIN mentorships.nudge b ON b.mentorship_id = a.mentorship_id AND b.id <> a.id AND b.account_id IS NULL AND b.sent_on > a.sent_on - 7 AND b.sent_on <= a.sent_on WHERE a.account_id IS NULL
            """,
            "INSERT INTO mentorships.nudge (id, mentorship_id, sent_at, sent_on) SELECT gen_random_uuid(), n.mentorship_id, n.sent_at, n.sent_on + 1 FROM mentorships.nudge n WHERE n.account_id IS NULL AND NOT EXISTS (SELECT FROM mentorships.nudge o WHERE o.mentorship_id = n.mentorship_id AND o.sent_on = n.sent_on + 1) LIMIT 1"),
    ];

    /// <summary>Pairs with the time for which they held a place. One that was undone before anybody saw it held none.</summary>
    const string Held = """
        SELECT p.id, p.mentee_id, p.mentor_id, p.approved_at AS since, CASE WHEN p.state IN ('Approved', 'Active') THEN 'infinity' ELSE p.decided_at END AS until
        FROM pairing.proposal p WHERE p.state <> 'Withdrawn' OR p.decided_at IS NOT NULL
        """;

    public async Task<IReadOnlyList<string>> Breaks(NpgsqlConnection connection, DateTimeOffset now)
    {
        await using var command = new NpgsqlCommand($"WITH moment AS (SELECT @now AS now) SELECT * FROM ({Broken}) broken", connection);
        command.Parameters.AddWithValue("now", now);
        await using var reader = await command.ExecuteReaderAsync();
        List<string> found = [];
        while (await reader.ReadAsync()) found.Add(reader.GetString(0));
        return found;
    }

    /// <summary>What it finds once it is broken; the database is as it was afterwards.</summary>
    public async Task<IReadOnlyList<string>> BreaksWhenSpoilt(NpgsqlConnection connection, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var spoil = new NpgsqlCommand(Spoil, connection)) await spoil.ExecuteNonQueryAsync();
        return await Breaks(connection, now);
    }
}

/// <summary>What is wrong with the mails that went out in twelve weeks.</summary>
static class Mailbag
{
    /// <summary>
    /// Kinds of which a mail that leads to a page is about one thing that happens once: the same words never come again. The others may say the same of something else, such as of a second request that ran out, but not on the same day.
    /// </summary>
    static readonly string[] once = ["match", "session-reminder", "session-note"];

    public static IReadOnlyList<string> Problems(IReadOnlyCollection<Letter> letters) =>
    [
        .. letters.GroupBy(letter => letter.Id).Where(same => same.Count() > 1).Select(same => $"sent twice: {same.First().Subject}"),
        .. letters.Where(letter => letter.Kind == "daily-digest").GroupBy(letter => (letter.To, letter.At.UtcDateTime.Date)).Where(day => day.Count() > 1).Select(day => $"two digests on {day.Key.Date:MM-dd}: {day.Key.To}"),
        .. letters.GroupBy(letter => (letter.To, letter.Subject, letter.Text)).SelectMany(same => same.OrderBy(letter => letter.At).Zip(same.OrderBy(letter => letter.At).Skip(1)))
            .Where(two => (once.Contains(two.First.Kind) && two.First.Path is not ("/me" or "/mentor")) || two.Second.At - two.First.At < TimeSpan.FromHours(20)).Select(two => $"said twice, {two.First.Kind}: {two.First.Subject}, {two.First.At:MM-dd HH:mm} and {two.Second.At:MM-dd HH:mm}"),
    ];
}

/// <summary>What the product keeps of what the two said of their sessions, against what was said.</summary>
static class SaidAndKept
{
    public static async Task<IReadOnlyList<string>> Differences(NpgsqlConnection connection, IReadOnlyDictionary<(Guid SessionId, Side Side), Outcome> said)
    {
        Dictionary<(Guid, Side), Outcome> kept = [];
        await using var command = new NpgsqlCommand("SELECT session_id, side, outcome FROM sessions.statement", connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) kept[(reader.GetGuid(0), Enum.Parse<Side>(reader.GetString(1)))] = Enum.Parse<Outcome>(reader.GetString(2));
        return [.. said.Keys.Union(kept.Keys).Where(key => !said.TryGetValue(key, out var one) || !kept.TryGetValue(key, out var other) || one != other).Select(key => key.ToString())];
    }
}
