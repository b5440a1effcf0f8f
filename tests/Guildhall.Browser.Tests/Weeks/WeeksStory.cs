using System.Globalization;
using Npgsql;

namespace Guildhall.Browser.Tests.Weeks;

/// <summary>What the overview must say, counted from the histories of the pairs, and the table of docs/real-run.md.</summary>
sealed class WeeksStory
{
    const string From = "<!-- twelve weeks, written by RealWeeksTests -->", To = "<!-- end of twelve weeks -->";

    readonly NpgsqlConnection connection;
    readonly OlistWeeks weeks;
    string table = "";

    WeeksStory(NpgsqlConnection connection, OlistWeeks weeks) => (this.connection, this.weeks) = (connection, weeks);

    /// <summary>As the overview writes them.</summary>
    public string Stages { get; private set; } = "";
    public string LastSevenDays { get; private set; } = "";

    public static async Task<WeeksStory> Of(NpgsqlConnection connection, OlistWeeks weeks, int needing)
    {
        var story = new WeeksStory(connection, weeks);
        await story.Count(needing);
        return story;
    }

    /// <summary>Tells of the run in the page, where GUILDHALL_WRITE_DOCS=1 asks for it. Two runs differ by a few in each line, since ids are drawn and decide which of two equals comes first; so a run is not held against the last.</summary>
    public void Write()
    {
        if (Environment.GetEnvironmentVariable("GUILDHALL_WRITE_DOCS") != "1") return;
        var path = Docs();
        var page = File.ReadAllText(path);
        var (from, to) = (page.IndexOf(From, StringComparison.Ordinal) + From.Length, page.IndexOf(To, StringComparison.Ordinal));
        File.WriteAllText(path, $"{page[..from]}\n{table}\n{page[to..]}");
    }

    static string Docs()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Guildhall.slnx"))) folder = folder.Parent;
        return Path.Combine(folder.FullName, "docs", "real-run.md");
    }

    async Task Count(int needing)
    {
        const string Last = "SELECT DISTINCT ON (mentorship_id) mentorship_id, state, because FROM mentorships.mentorship_change ORDER BY mentorship_id, number DESC";
        var states = await Groups($"SELECT state, count(*) FROM ({Last}) l GROUP BY state");
        var asked = await Number("SELECT count(*) FROM pairing.proposal WHERE state = 'Approved'");
        Stages = string.Join("; ",
            $"Applications {N(await Number("SELECT count(*) FROM enrollment.application"))} See them",
            $"Mentees taken in {N(await Number("SELECT count(*) FROM enrollment.participant WHERE as_mentee IS NOT NULL"))} {N(await Number("SELECT count(*) FROM enrollment.participant WHERE as_mentor IS NOT NULL"))} mentors",
            $"Asked {N(asked)} Waiting for an answer", $"In a trial {N(states["Trial"])}",
            $"Went on after the trial {N(await Number("SELECT count(DISTINCT m.mentee_id) FROM mentorships.mentorship m JOIN mentorships.mentorship_change c ON c.mentorship_id = m.id WHERE c.state = 'Active'"))} {N(states["Active"])} active now{(states["Paused"] > 0 ? $", {N(states["Paused"])} paused" : "")}", $"Finished {N(states["Finished"])}{(states["Ended"] > 0 ? $" {N(states["Ended"])} ended before" : "")}");
        var week = await Groups($"SELECT CASE WHEN number = 1 THEN 'Began' ELSE state END, count(DISTINCT mentorship_id) FROM mentorships.mentorship_change WHERE at >= '{weeks.Clock.Now.AddDays(-7):O}' GROUP BY 1");
        LastSevenDays = string.Join("; ", $"Began {N(week["Began"])}", $"Went on, after the trial or a pause {N(week["Active"])}", $"Paused {N(week["Paused"])}", $"Finished {N(week["Finished"])}", $"Ended before that {N(week["Ended"])}");

        var proposals = await Groups("SELECT CASE WHEN state = 'Withdrawn' AND decided_at IS NULL THEN 'Undone' WHEN state = 'Declined' THEN 'Declined by ' || declined_by WHEN state = 'Expired' THEN CASE WHEN mentor_accepted_at IS NULL THEN CASE WHEN mentor_mails = '{}' THEN 'Mentor never told' ELSE 'Mentor silent' END ELSE CASE WHEN mentee_mails = '{}' THEN 'Mentee never told' ELSE 'Mentee silent' END END WHEN state IN ('Active', 'Finished', 'Ended') THEN 'Pair' ELSE state END, count(*) FROM pairing.proposal GROUP BY 1");
        var next = await Number("SELECT count(*) FROM pairing.proposal WHERE in_place_of IS NOT NULL");
        var ended = await Groups($"SELECT because, count(*) FROM ({Last}) l WHERE because IS NOT NULL GROUP BY because");
        var sessions = await Groups("SELECT state, count(*) FROM sessions.session GROUP BY state");
        var attendance = await Groups($"""
            SELECT CASE WHEN s.ends_at > '{weeks.Clock.Now:O}' THEN 'Ahead' WHEN mentee.outcome IS NULL AND mentor.outcome IS NULL THEN 'Nobody' WHEN mentee.outcome IS NULL OR mentor.outcome IS NULL THEN 'One' WHEN mentee.outcome <> mentor.outcome THEN 'Disputed' ELSE mentee.outcome END, count(*)
            FROM sessions.session s LEFT JOIN sessions.statement mentee ON mentee.session_id = s.id AND mentee.side = 'Mentee' LEFT JOIN sessions.statement mentor ON mentor.session_id = s.id AND mentor.side = 'Mentor' WHERE s.state = 'Booked' GROUP BY 1
            """);
        var deeds = await Groups("SELECT deed, count(*) FROM sessions.session_change GROUP BY deed");
        var mails = weeks.Office.All.CountBy(letter => letter.Kind).OrderByDescending(kind => kind.Value).ThenBy(kind => kind.Key, StringComparer.Ordinal).ToList();
        var running = states["Trial"] + states["Active"] + states["Paused"];
        table = string.Join('\n',
            "| | |", "| --- | --- |",
            $"| asked in all, of these by the product itself after a pair that ended | {N(proposals.Total - proposals["Undone"])}; {N(next)} |",
            $"| became a pair; declined by the mentor, by the mentee; withdrawn by the manager; still waiting | **{N(proposals["Pair"])}**; {N(proposals["Declined by Mentor"])}, {N(proposals["Declined by Mentee"])}; {N(proposals["Withdrawn"])}; {N(asked)} |",
            $"| ran out of time: mentor silent, mentee silent; mentor without an address, mentee without | {N(proposals["Mentor silent"])}, {N(proposals["Mentee silent"])}; {N(proposals["Mentor never told"])}, {N(proposals["Mentee never told"])} |",
            $"| after twelve weeks: in a trial, active, paused | {N(states["Trial"])}, {N(states["Active"])}, {N(states["Paused"])} |",
            $"| over: finished; somebody else asked for; the mentor could not go on, the mentee did not | {N(ended["Finished"])}; {N(ended["Switched"])}; {N(ended["MentorLeft"])}, {N(ended["MenteeLeft"])} |",
            $"| sessions booked; moved; cancelled; still ahead | {N(sessions.Total)}; {N(deeds["Moved"])}; {N(sessions["Cancelled"])}; {N(attendance["Ahead"])} |",
            $"| of those that were over: both say they met; mentee missing, mentor missing; told differently; one side’s word; nobody’s | {N(attendance["Met"])}; {N(attendance["MenteeMissing"])}, {N(attendance["MentorMissing"])}; {N(attendance["Disputed"])}; {N(attendance["One"])}; {N(attendance["Nobody"])} |",
            $"| written down; rated by the mentee; messages | {N(await Number("SELECT count(*) FROM sessions.session_note"))}; {N(await Number("SELECT count(*) FROM sessions.feedback"))}; {N(await Number("SELECT count(*) FROM mentorships.message"))} |",
            $"| mails: {string.Join(", ", mails.Select(kind => kind.Key))} | {N(weeks.Office.All.Count)}: {string.Join(", ", mails.Select(kind => N(kind.Value)))} |",
            $"| in need of somebody at the end, by the overview | {N(needing)} of {N(running)} |");
    }

    /// <summary>How many there are of each; 0 of what there is none of.</summary>
    sealed class CountOf(IReadOnlyDictionary<string, long> counts)
    {
        public long this[string name] => counts.GetValueOrDefault(name);

        public long Total => counts.Values.Sum();
    }

    async Task<CountOf> Groups(string sql)
    {
        Dictionary<string, long> counts = [];
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) counts[reader.GetString(0)] = reader.GetInt64(1);
        return new(counts);
    }

    async Task<long> Number(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    static string N(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
