using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sessions;
using Outcome = Guildhall.Modules.Sessions.Outcome;

namespace Guildhall.Browser.Tests.Weeks;

/// <summary>What mentors and mentees do: they answer mails, or don't, and a pair that stands books, meets or misses, writes, pauses, parts and finishes. All that they know, they have from mails and pages.</summary>
sealed partial class LivesOfPairs(OlistWeeks weeks)
{
    static readonly string[] declines = ["NoTime", "NoTime", "OtherHelp", "TooClose", "NotAFit", "Other"];
    static readonly string[] switches = ["Times", "Topics", "WayOfWorking", "NoContact", "Other"];

    readonly Dictionary<Guid, Couple> couples = [];
    readonly Dictionary<Guid, Meeting> meetings = [];
    readonly HashSet<(Guid, Side)> answered = [];

    /// <summary>What each side said last of a session, where the product took it.</summary>
    public Dictionary<(Guid SessionId, Side Side), Outcome> Said { get; } = [];

    public async Task Read(Letter letter, Person reader)
    {
        if (letter.Kind == "mentorship" && letter.Subject.EndsWith("is over", StringComparison.Ordinal)) Hear(letter, reader);
        if (letter.Kind == "daily-digest") await Open(letter, reader);
        if (Id().Match(letter.Path) is not { Success: true } found) return;
        var id = Guid.Parse(found.Value);
        switch (letter.Kind)
        {
            case "match" when letter.Subject.EndsWith("has accepted", StringComparison.Ordinal):
                await Begin(id);
                break;
            case "match":
                await Answer(id, reader, isReminder: letter.Subject.EndsWith("still waits for your answer", StringComparison.Ordinal));
                break;
            case "session" when letter.Subject.Contains(" is cancelled: ", StringComparison.Ordinal) && meetings.TryGetValue(id, out var cancelled):
                cancelled.IsCancelled = true;
                break;
            case "agreement" when letter.Subject.EndsWith("proposes how you talk", StringComparison.Ordinal):
                Sometimes(id, 0.8, 2, 60, couple => weeks.Do(reader, couple.Chance, "agrees how they talk", $"{reader.Root}/agreement/{id}/confirm", ("seen", "1")));
                break;
            case "messages":
                Sometimes(id, 0.75, 1, 40, async couple =>
                {
                    await reader.Desk.Get($"{reader.Root}/messages/{id}");
                    await Write(couple, reader, "answers a message");
                });
                break;
            case "nudge":
                Sometimes(id, 0.5 * reader.Care, 2, 50, couple => Write(couple, reader, "writes after a reminder"));
                break;
            case "mentorship" when letter.Subject.EndsWith("is finished", StringComparison.Ordinal):
                if (couples.TryGetValue(id, out var finished)) finished.IsOver = true;
                Sometimes(id, 0.6, 2, 80, couple => Review(couple, reader, "reviews"));
                break;
        }
    }

    /// <summary>What a digest counts is read on its page, each notice as if it had been a mail.</summary>
    async Task Open(Letter digest, Person reader)
    {
        foreach (Match notice in Unread().Matches((await reader.Desk.Get(digest.Path)).Page))
        {
            var words = WebUtility.HtmlDecode(notice.Groups["words"].Value);
            var kind = words.Contains(" wrote to you: ", StringComparison.Ordinal) ? "messages" : words.StartsWith("How is it going with ", StringComparison.Ordinal) ? "nudge" : "session-note";
            await Read(digest with { Kind = kind, Subject = words, Path = (await reader.Desk.Get(notice.Groups["path"].Value)).Location }, reader);
        }
    }

    /// <summary>Somebody learns that a mentorship is over; the mail names the other one, and leads home.</summary>
    void Hear(Letter letter, Person reader)
    {
        foreach (var couple in couples.Values)
            if (couple.On(reader.Side) == reader && letter.Subject.Contains($" {couple.On(reader.Side.Other()).Name} ", StringComparison.Ordinal)) couple.IsOver = true;
    }

    /// <summary>The two are a pair from now on, and have a day every day.</summary>
    async Task Begin(Guid id)
    {
        if (couples.ContainsKey(id)) return;
        var (mentee, mentor) = await weeks.Of(id);
        var couple = couples[id] = new(id, mentee, mentor, weeks.Clock.Now);
        Tomorrow(couple);
    }

    async Task Answer(Guid id, Person person, bool isReminder)
    {
        var (mentee, mentor) = await weeks.Of(id);
        var chance = Chances.Of(isReminder ? "reminded" : "asked", mentee.Key, mentor.Key, person.Side.ToString());
        if (answered.Contains((id, person.Side))) return;
        var draw = chance.NextDouble();
        var (accepts, declines) = isReminder ? (0.35, 0.1) : person.Side == Side.Mentor ? (0.68, 0.16) : (0.74, 0.1);
        if (draw >= accepts + declines) return;
        answered.Add((id, person.Side));
        weeks.Plan(weeks.Clock.Now.AddHours(isReminder ? 1 + 10 * chance.NextDouble() : 1 + 40 * chance.NextDouble()), () => draw < accepts ? Accept(id, person, chance) : Decline(id, person, chance));
    }

    async Task Accept(Guid id, Person person, Random chance)
    {
        var page = $"{(person.Side == Side.Mentee ? "/me/match" : "/mentor/requests")}/{id}";
        await person.Desk.Get(page);
        var reply = await weeks.Do(person, chance, "wants to accept", $"{page}/accept");
        if (reply.Location.EndsWith("/charter", StringComparison.Ordinal))
            reply = await weeks.Do(person, chance, "signs the charter", $"{page}/charter", ("Number", Number().Match((await person.Desk.Get($"{page}/charter")).Page).Groups[1].Value), ("Agrees", "true"));
        if (reply.Location.StartsWith("/mentor/coaching/", StringComparison.Ordinal))
        {
            // One in six gets something wrong, and looks at it again.
            if (chance.Happens(0.16)) await weeks.Do(person, chance, "answers how they would coach, not quite right", reply.Location, Coaching(wrong: true));
            await weeks.Do(person, chance, "answers how they would coach", reply.Location, Coaching(wrong: false));
            reply = await weeks.Do(person, chance, "wants to accept", $"{page}/accept");
        }

        if (reply.Location.EndsWith("did=accepted", StringComparison.Ordinal) && person.Side == Side.Mentee) await Begin(id);
    }

    async Task Decline(Guid id, Person person, Random chance)
    {
        var reason = chance.Any(declines);
        await weeks.Do(person, chance, "declines", $"{(person.Side == Side.Mentee ? "/me/match" : "/mentor/requests")}/{id}/decline",
            [("Reason", reason), ("Words", chance.Happens(0.3) ? "Not this time." : ""), .. person.Side == Side.Mentor && reason == "NoTime" && chance.Happens(0.4) ? [("Pause", "true")] : Array.Empty<(string, string)>()]);
    }

    static (string, string)[] Coaching(bool wrong)
    {
        var method = CoachingMethod.FirstNinetyDays;
        return [("Method", Certification.MarkOf(method)), .. method.Cases.Select((one, at) => (Certify.Field(at), Place(one, wrong && at == 0 ? one.Wrong[0] : one.Right)))];

        static string Place(MethodCase one, string answer) => Certification.Shuffled(one).ToList().IndexOf(answer).ToString(CultureInfo.InvariantCulture);
    }

    void Tomorrow(Couple couple) => weeks.Plan(new DateTimeOffset(weeks.Clock.Now.UtcDateTime.Date, TimeSpan.Zero).AddDays(1).AddHours(11 + 13 * couple.Chance.NextDouble()), () => Day(couple));

    async Task Day(Couple couple)
    {
        if (couple.IsOver) return;
        var (chance, age) = (couple.Chance, (weeks.Clock.Now - couple.Since).TotalDays);
        var someone = couple.Either();
        if (couple.ResumesAt is { } resumes)
        {
            if (resumes <= weeks.Clock.Now)
            {
                await Change(couple, someone, "lets it go on", "resume");
                couple.ResumesAt = null;
            }
        }
        else if (age >= 6 && !couple.Suits && chance.Happens(0.2)) await Switch(couple, someone);
        else if (chance.Happens(0.002)) await Over(couple, await Change(couple, someone, "can’t go on", "leave"));
        else if (age >= 55 && chance.Happens(0.06 * couple.Care)) await Review(couple, someone, "finishes");
        else if (age >= 17 && chance.Happens(0.006))
        {
            if ((await Change(couple, someone, "pauses", "pause")).IsDone) couple.ResumesAt = weeks.Clock.Now.AddDays(5 + chance.Next(35));
        }
        else await Usual(couple, age);

        if (!couple.IsOver) Tomorrow(couple);
    }

    async Task Usual(Couple couple, double age)
    {
        var chance = couple.Chance;
        foreach (var side in new[] { Side.Mentee, Side.Mentor })
        {
            if (age < 4 || age > 16 || couple.Kept.Contains(side) || !couple.Suits || !chance.Happens(0.16)) continue;
            couple.Kept.Add(side);
            await Change(couple, couple.On(side), "wants to go on", "keep");
        }

        if (!couple.HasProposed && chance.Happens(0.2 * couple.Care)) await Propose(couple, couple.Either());
        if (couple.Next is { } next && next.StartsAt > weeks.Clock.Now)
        {
            if (next.StartsAt > weeks.Clock.Now.AddHours(2) && chance.Happens(0.04)) await Move(couple, next, couple.Either());
            else if (chance.Happens(0.03)) await Cancel(couple, next, couple.Either());
        }
        else if ((couple.LastMet is not { } last || (weeks.Clock.Now - last).TotalDays >= 4) && chance.Happens(0.5 * couple.Care)) await Book(couple, couple.Either());
        if (chance.Happens(0.14 * couple.Care)) await Write(couple, couple.Either(), "writes a message");
    }

    Task<Reply> Change(Couple couple, Person by, string what, string deed) => weeks.Do(by, couple.Chance, what, $"{by.MentorshipRoot}/{couple.Id}/{deed}");

    static Task Over(Couple couple, Reply reply)
    {
        couple.IsOver |= reply.IsDone;
        return Task.CompletedTask;
    }

    async Task Switch(Couple couple, Person by)
    {
        var reason = couple.Chance.Any(switches);
        var others = Other().Matches((await by.Desk.Get($"{by.MentorshipRoot}/{couple.Id}/change?reason={reason}")).Page).Select(match => match.Groups[1].Value).ToList();
        var chosen = by.Side == Side.Mentee && others.Count > 0 && couple.Chance.Happens(0.7) ? others[0] : "";
        await Over(couple, await weeks.Do(by, couple.Chance, chosen.Length > 0 ? "asks for another whom they chose" : "asks for another", $"{by.MentorshipRoot}/{couple.Id}/change", ("Reason", reason), ("Words", ""), ("Mentor", chosen)));
    }

    async Task Review(Couple couple, Person by, string what)
    {
        var chance = couple.Chance;
        await Over(couple, await weeks.Do(by, chance, what, $"{by.MentorshipRoot}/{couple.Id}/review", ("Reached", chance.Any<string>(["Yes", "Yes", "Partly", "No"])), ("Again", chance.Happens(0.8) ? "true" : "false"), ("Words", ""), ("Thanks", "Thank you.")));
    }

    async Task Propose(Couple couple, Person by)
    {
        couple.HasProposed = (await weeks.Do(by, couple.Chance, "proposes how they talk", $"{by.Root}/agreement/{couple.Id}",
            ("Channels", "mail"), ("Channels", "video"), ("AnswerDays", "2"), ("Rhythm", "weekly"), ("MenteeFrom", "21:00"), ("MenteeTo", "08:00"), ("MentorFrom", "21:00"), ("MentorTo", "08:00"), ("seen", "0"))).IsDone;
    }

    async Task Write(Couple couple, Person by, string what) =>
        await weeks.Do(by, couple.Chance, what, $"{by.Root}/messages/{couple.Id}", ("Key", new Guid(Enumerable.Range(0, 16).Select(_ => (byte)couple.Chance.Next(256)).ToArray()).ToString()), ("Text", "A line about the shop."), ("Link", ""), ("Article", ""));

    async Task Book(Couple couple, Person by)
    {
        var times = await Times(by, $"{by.Root}/sessions/book?pair={couple.Id}");
        if (times.Count == 0)
        {
            weeks.Found("found no time to book");
            return;
        }

        var at = couple.Chance.Any([.. times.Take(couple.Chance.Happens(0.6) ? 3 : 40)]);
        var reply = await weeks.Do(by, couple.Chance, "books a session", $"{by.Root}/sessions/book", ("pair", couple.Id.ToString()), ("at", at), ("Agenda", "Prices"));
        if (!reply.IsDone) return;
        var meeting = couple.Next = new(Guid.Parse(Id().Match(reply.Location).Value), When(at));
        meetings[meeting.Id] = meeting;
        PlanEnd(couple, meeting);
    }

    async Task Move(Couple couple, Meeting meeting, Person by)
    {
        if (await Times(by, $"{by.Root}/sessions/{meeting.Id}/move") is not { Count: > 0 } times) return;
        var at = couple.Chance.Any(times);
        var reply = await weeks.Do(by, couple.Chance, "moves a session", $"{by.Root}/sessions/{meeting.Id}/move", ("at", at), ("seen", meeting.Version.ToString(CultureInfo.InvariantCulture)));
        if (!reply.IsDone) return;
        (meeting.StartsAt, meeting.Version) = (When(at), meeting.Version + 1);
        PlanEnd(couple, meeting);
    }

    async Task Cancel(Couple couple, Meeting meeting, Person by)
    {
        var reply = await weeks.Do(by, couple.Chance, "cancels a session", $"{by.Root}/sessions/{meeting.Id}/cancel", ("seen", meeting.Version.ToString(CultureInfo.InvariantCulture)), ("Words", "I am ill."));
        meeting.IsCancelled |= reply.IsDone;
        if (reply.IsDone) couple.Next = null;
    }

    static async Task<IReadOnlyList<string>> Times(Person by, string page) => [.. Time().Matches((await by.Desk.Get(page)).Page).Select(match => match.Groups[1].Value).Distinct()];

    void PlanEnd(Couple couple, Meeting meeting)
    {
        var (version, ends) = (meeting.Version, meeting.EndsAt);
        weeks.Plan(ends.AddMinutes(5), () => meeting.Version == version && !meeting.IsCancelled ? After(couple, meeting) : Task.CompletedTask);
    }

    /// <summary>They met, or one of them was not there; each says so in their own time, or does not, and one in twenty remembers it otherwise.</summary>
    Task After(Couple couple, Meeting meeting)
    {
        var chance = couple.Chance;
        var draw = chance.NextDouble();
        var truth = draw < 0.86 ? Outcome.Met : draw < 0.95 ? Outcome.MenteeMissing : Outcome.MentorMissing;
        couple.LastMet = meeting.EndsAt;
        foreach (var side in new[] { Side.Mentee, Side.Mentor })
        {
            var (person, says) = (couple.On(side), chance.Happens(0.05) ? chance.Any(Enum.GetValues<Outcome>()) : truth);
            if (!chance.Happens(0.35 + 0.6 * person.Care)) continue;
            var after = TimeSpan.FromHours(chance.Happens(0.1) ? 24 * 10 * chance.NextDouble() : 30 * chance.NextDouble());
            weeks.Plan(weeks.Clock.Now + after, () => side == Side.Mentor && says == Outcome.Met && chance.Happens(0.7) ? Note(couple, meeting, person) : Say(couple, meeting, person, says));
        }

        if (truth == Outcome.Met && chance.Happens(0.55)) weeks.Plan(weeks.Clock.Now.AddHours(2 + 50 * chance.NextDouble()), () => Rate(couple, meeting));
        return Task.CompletedTask;
    }

    async Task Say(Couple couple, Meeting meeting, Person by, Outcome says)
    {
        if ((await weeks.Do(by, couple.Chance, "says what came of a session", $"{by.Root}/sessions/{meeting.Id}/outcome", ("Outcome", says.ToString()))).IsDone) Said[(meeting.Id, by.Side)] = says;
    }

    async Task Note(Couple couple, Meeting meeting, Person by)
    {
        if ((await weeks.Do(by, couple.Chance, "writes a session down", $"{by.Root}/sessions/{meeting.Id}/note", ("seenNote", "0"), ("Topics", "pricing"), ("NextStep", "Change one price and look at it in a week."), ("Outcome", nameof(Outcome.Met)))).IsDone)
            Said[(meeting.Id, by.Side)] = Outcome.Met;
    }

    async Task Rate(Couple couple, Meeting meeting)
    {
        var chance = couple.Chance;
        await weeks.Do(couple.Mentee, chance, "says how a session was", $"/me/sessions/{meeting.Id}/feedback", ("Useful", chance.Any<string>(["Yes", "Yes", "Yes", "Partly", "No"])),
            ("Fit", couple.Suits && !chance.Happens(0.03) ? "Yes" : "No"), ("Behaviors", "one-step"), ("Conduct", chance.Happens(0.01) ? "The tone was rough." : ""));
    }

    /// <summary>Something that somebody of a pair does some hours later, if they do, and the pair is one that is known.</summary>
    void Sometimes(Guid id, double probability, double from, double to, Func<Couple, Task> deed)
    {
        if (!couples.TryGetValue(id, out var couple) || !couple.Chance.Happens(probability)) return;
        weeks.Plan(weeks.Clock.Now.AddHours(from + (to - from) * couple.Chance.NextDouble()), () => deed(couple));
    }

    static DateTimeOffset When(string at) => DateTimeOffset.ParseExact(at, "yyyyMMdd'T'HHmm'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    [GeneratedRegex("<li class=\"new\"><a href=\"(?<path>/notices/[0-9a-f-]{36})\">(?<words>[^<]*)</a>")]
    private static partial Regex Unread();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex("name=\"Number\" value=\"(\\d+)\"")]
    private static partial Regex Number();

    [GeneratedRegex("name=\"Mentor\" value=\"([0-9a-f-]{36})\"")]
    private static partial Regex Other();

    [GeneratedRegex("[?;&]at=(\\d{8}T\\d{4}Z)")]
    private static partial Regex Time();
}
