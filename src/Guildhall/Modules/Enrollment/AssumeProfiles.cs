using System.Security.Cryptography;
using System.Text;
using Guildhall.Matching;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>
/// Gives hours, style and contact, and languages where the shop says none, by a seeded rule to participants of whom they are not known, to try a program out before anybody
/// applied. The rule is docs/methods/assumed-profiles.md; what it gave is marked as assumed and shown as such.
/// </summary>
sealed class AssumeProfiles(GuildhallDb db, ProgramLookup programs)
{
    /// <param name="Language">Everybody's mother tongue; a quarter also works in English.</param>
    /// <param name="TimeZone">The zone of everybody's hours.</param>
    public sealed record Input(string ProgramSlug, int Seed, string Language, string TimeZone);

    /// <returns>How many participants were given a profile.</returns>
    public async Task<Result<int>> Run(Input input, CancellationToken stop)
    {
        if (await programs.BySlug(input.ProgramSlug, stop) is not { } program) return Refusal.NotFound("program");
        if (!TimeZones.Has(input.TimeZone)) return Refusal.Invalid("time_zone", TimeZones.NotOne(input.TimeZone));

        var given = 0;
        foreach (var participant in await db.Set<Participant>().Where(p => p.ProgramId == program.Id).ToListAsync(stop))
        {
            if (participant.Profile is not { WeekHours: null, Style: null, Contact: null }) continue;
            var changed = participant.AsMentee is { } mentee
                ? participant.Change(Assume(mentee, input), null, ProfileOrigin.Assumed)
                : participant.Change(Assume(participant.AsMentor!, input), null, ProfileOrigin.Assumed);
            if (changed.Refusal is { } refusal) return refusal;
            given++;
        }

        if (await db.SaveParticipants(program.Id, stop) != Saved.Yes)
        {
            return Refusal.Conflict("changed_meanwhile", "Somebody else changed some of these people at the same moment. Their change is kept and nobody was given a profile. Run this again.");
        }

        return given;
    }

    /// <summary>The rule for one profile. It depends on the seed and the id alone, so the order and the number of people change nothing.</summary>
    public static T Assume<T>(T profile, Input input) where T : Matching.Participant
    {
        var draws = SHA256.HashData(Encoding.UTF8.GetBytes($"{input.Seed}/{profile.Id}"));
        var languages = new List<LanguageSkill> { new(input.Language, LanguageLevel.Native) };
        if (draws[0] < 64 && input.Language != "en") languages.Add(new LanguageSkill("en", LanguageLevel.Working));
        return profile with
        {
            Languages = profile.Languages ?? languages,
            TimeZone = profile.TimeZone ?? input.TimeZone,
            WeekHours = WeekGrid.Parse(string.Join("; ", Spans(draws))),
            Style = Tenths(draws[3]),
            Contact = Tenths(draws[4]),
        };
    }

    // Half are free in the day on two or three weekdays, three in ten in the evening, two in ten at the weekend.
    static IEnumerable<string> Spans(byte[] draws)
    {
        string[] weekdays = ["mon", "tue", "wed", "thu", "fri"];
        var first = draws[5] % weekdays.Length;
        var days = Enumerable.Range(0, 2 + (draws[6] % 2)).Select(step => weekdays[(first + (2 * step)) % weekdays.Length]).Distinct();
        return draws[7] switch
        {
            < 128 => days.Select(day => $"{day} {9 + (draws[8] % 5)}-{12 + (draws[8] % 5)}"),
            < 205 => days.Select(day => $"{day} {18 + (draws[8] % 2)}-{21 + (draws[8] % 2)}"),
            _ => [$"sat {9 + (draws[8] % 4)}-{13 + (draws[8] % 4)}", $"sun {14 + (draws[9] % 3)}-{17 + (draws[9] % 3)}"],
        };
    }

    static double Tenths(byte draw) => Math.Round((draw / 127.5) - 1, 1);
}
