using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>One mentorship and how it does.</summary>
sealed record HealthOf(Mentorship Mentorship, ContactHistory Contacts, PairRisk? Risk);

/// <summary>Reads how the mentorships of a program do: in as many queries for a thousand as for one.</summary>
sealed class ReadHealth(GuildhallDb db, EnrollmentLookup enrollment, IEnumerable<IKnowContacts> meetings, IEnumerable<IKnowConcerns> concerned, MarketplaceZone zones)
{
    /// <summary>Everything that runs, the most harmful first, and of the same harm what has been so for longest.</summary>
    public async Task<IReadOnlyList<HealthOf>> Of(ProgramFacts program, CancellationToken stop)
    {
        var running = await db.Set<Mentorship>().AsNoTracking().Where(m => m.ProgramId == program.Id && m.State != MentorshipState.Finished && m.State != MentorshipState.Ended).OrderBy(m => m.Id).ToListAsync(stop);
        return [.. (await Of(program, running, stop)).OrderBy(one => one.Risk is null).ThenBy(one => one.Risk?.Risk).ThenByDescending(one => one.Risk?.Days).ThenBy(one => one.Mentorship.Id)];
    }

    public async Task<IReadOnlyList<HealthOf>> Of(ProgramFacts program, IReadOnlyCollection<Mentorship> mentorships, CancellationToken stop)
    {
        if (mentorships.Count == 0) return [];
        var (zone, ids) = (await zones.Of(stop), mentorships.Select(mentorship => mentorship.Id).ToList());
        var today = await zones.Today(stop);
        var since = mentorships.Min(mentorship => mentorship.StartedAt);
        List<Contact> contacts = [];
        HashSet<Guid> planned = [];
        foreach (var meeting in meetings)
        {
            contacts.AddRange(await meeting.Since(ids, since, stop));
            planned.UnionWith(await meeting.WithPlans(ids, stop));
        }

        List<Concern> concerns = [];
        foreach (var part in concerned) concerns.AddRange(await part.Open(ids, stop));
        var open = concerns.ToLookup(concern => concern.MentorshipId, concern => (concern.Kind, Math.Max(0, today.DayNumber - DayIn(zone, concern.At).DayNumber)));
        var days = contacts.ToLookup(contact => contact.MentorshipId, contact => DayIn(zone, contact.At));
        var pauses = (await db.Set<MentorshipChange>().AsNoTracking().Where(c => ids.Contains(c.MentorshipId)).OrderBy(c => c.Number).ToListAsync(stop)).ToLookup(change => change.MentorshipId);
        var weeks = await enrollment.WeeksOf([.. mentorships.Select(mentorship => mentorship.MenteeId)], stop);
        return [.. mentorships.Select(mentorship =>
        {
            var began = DayIn(zone, mentorship.StartedAt) is var accepted && accepted > program.StartsOn ? accepted : program.StartsOn;
            var paused = Pauses(pauses[mentorship.Id], zone);
            // What is over is counted to its end.
            var history = ContactHistory.Of(
                began, mentorship.EndedAt is { } ended ? DayIn(zone, ended) : today, [.. days[mentorship.Id]], program.Design.TouchpointsAWeek(weeks.GetValueOrDefault(mentorship.MenteeId)?.Tier), planned.Contains(mentorship.Id), day => paused.Exists(pause => day >= pause.From && day <= pause.To));
            return new HealthOf(mentorship, history, PairHealth.Of(mentorship, began, today, history, [.. open[mentorship.Id]]));
        })];
    }

    static DateOnly DayIn(TimeZoneInfo zone, DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    static List<(DateOnly From, DateOnly To)> Pauses(IEnumerable<MentorshipChange> changes, TimeZoneInfo zone)
    {
        List<(DateOnly From, DateOnly To)> pauses = [];
        DateOnly? from = null;
        foreach (var change in changes)
        {
            if (from is { } since) pauses.Add((since, DayIn(zone, change.At)));
            from = change.State == MentorshipState.Paused ? DayIn(zone, change.At) : null;
        }

        if (from is { } open) pauses.Add((open, DateOnly.MaxValue));
        return pauses;
    }
}
