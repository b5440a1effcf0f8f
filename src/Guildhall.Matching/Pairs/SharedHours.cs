using System.Numerics;

namespace Guildhall.Matching;

/// <summary>
/// Hours that two people are both free, week by week over a program, clock changes included. Everybody's week is laid on the
/// UTC axis for each kind of week: weeks in which every time zone in use has the same offsets are one kind, so that a
/// program that crosses a clock change has two or three kinds and another has one.
/// </summary>
sealed class SharedHours
{
    static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    readonly int slotsPerHour;
    readonly int words;
    readonly List<WeekKind> kinds = [];
    readonly bool[] menteeKnown;
    readonly bool[] mentorKnown;

    sealed record WeekKind(Dictionary<string, byte[]> HoursOfZone, ulong[] Mentees, ulong[] Mentors);

    public SharedHours(IReadOnlyList<Participant> mentees, IReadOnlyList<Participant> mentors, DateOnly start, int weeks)
    {
        menteeKnown = [.. mentees.Select(IsKnown)];
        mentorKnown = [.. mentors.Select(IsKnown)];
        var zones = mentees.Concat(mentors).Where(IsKnown).Select(p => p.TimeZone!).Distinct().Order(StringComparer.Ordinal)
            .ToDictionary(id => id, TimeZoneInfo.FindSystemTimeZoneById);
        var firstDay = start.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var startsUtc = Enumerable.Range(0, weeks).Select(w => firstDay.AddDays(7 * w)).ToArray();

        // A quarter of an hour is the finest step of any zone's offset; whole hours need a quarter of the bits.
        slotsPerHour = startsUtc.Append(firstDay.AddDays(7 * weeks)).All(t => zones.Values.All(z => z.GetUtcOffset(t).Minutes == 0)) ? 1 : 4;
        words = (WeekGrid.Hours * slotsPerHour + 63) / 64;
        var seen = new HashSet<string>();
        foreach (var startUtc in startsUtc)
        {
            var hoursOfWeek = zones.ToDictionary(z => z.Key, z => LocalHours(z.Value, startUtc));
            if (seen.Add(string.Concat(hoursOfWeek.Values.Select(Convert.ToHexString))))
                kinds.Add(new(hoursOfWeek, Lay(mentees, hoursOfWeek), Lay(mentors, hoursOfWeek)));
        }
    }

    public bool AreKnown(int i, int j) => menteeKnown[i] && mentorKnown[j];

    /// <summary>Shared hours in the leanest week: what the pair can count on all through the program. NaN when not known.</summary>
    public double Fewest(int i, int j)
    {
        if (!AreKnown(i, j)) return double.NaN;
        var fewest = int.MaxValue;
        foreach (var kind in kinds) fewest = Math.Min(fewest, Slots(kind, i, j));
        return (double)fewest / slotsPerHour;
    }

    public double Most(int i, int j) => (double)kinds.Max(kind => Slots(kind, i, j)) / slotsPerHour;

    /// <summary>Up to two weekdays that hold most of the first week's shared hours, in the mentee's local time, in the order of the week.</summary>
    public string[] BusiestDays(int i, int j, string menteeZone)
    {
        var kind = kinds[0];
        var hours = kind.HoursOfZone[menteeZone];
        var slotsByDay = new int[7];
        for (var s = 0; s < hours.Length; s++)
            if (((kind.Mentees[i * words + s / 64] & kind.Mentors[j * words + s / 64]) >> (s % 64) & 1) != 0) slotsByDay[hours[s] / 24]++;
        return [.. Enumerable.Range(0, 7).Where(d => slotsByDay[d] > 0).OrderByDescending(d => slotsByDay[d]).Take(2).Order().Select(d => Weekdays[d])];
    }

    static bool IsKnown(Participant person) => person.WeekHours is not null && person.TimeZone is not null;

    int Slots(WeekKind kind, int i, int j)
    {
        var count = 0;
        for (var w = 0; w < words; w++) count += BitOperations.PopCount(kind.Mentees[i * words + w] & kind.Mentors[j * words + w]);
        return count;
    }

    /// <summary>For each slot of a UTC week, the hour of the local week it falls in. From UTC every instant has one local time, so skipped and doubled hours need no care.</summary>
    byte[] LocalHours(TimeZoneInfo zone, DateTime startUtc)
    {
        var hours = new byte[WeekGrid.Hours * slotsPerHour];
        for (var s = 0; s < hours.Length; s++)
        {
            var utc = startUtc.AddMinutes(60.0 / slotsPerHour * s);
            var local = utc + zone.GetUtcOffset(utc);
            hours[s] = (byte)(((int)local.DayOfWeek + 6) % 7 * 24 + local.Hour);
        }
        return hours;
    }

    ulong[] Lay(IReadOnlyList<Participant> people, Dictionary<string, byte[]> hoursOfWeek)
    {
        var bits = new ulong[people.Count * words];
        for (var p = 0; p < people.Count; p++)
        {
            if (!IsKnown(people[p])) continue;
            var (grid, hours) = (people[p].WeekHours!, hoursOfWeek[people[p].TimeZone!]);
            for (var s = 0; s < hours.Length; s++)
                if (grid[hours[s]] == '1') bits[p * words + s / 64] |= 1UL << (s % 64);
        }
        return bits;
    }
}
