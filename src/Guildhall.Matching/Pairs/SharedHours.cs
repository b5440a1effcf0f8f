using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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
    readonly int[] menteeZone;
    readonly int[] mentorZone;
    readonly ZoneGroup[] groups;

    /// <summary>For each pair of zones, mentee's first, the kinds of week in which they aren't as far apart as in another kind before.</summary>
    readonly int[][] kindsApart;

    /// <summary>The mentors of one zone, with their weeks by kind: of four mentors the first word of each, then the second of each, and so on.</summary>
    sealed class ZoneGroup(int[] mentors, List<WeekKind> kinds, int words)
    {
        public int[] Mentors => mentors;

        public ulong[][] Weeks { get; } = [.. kinds.Select(kind => Fours(mentors, kind.Mentors, words))];

        static ulong[] Fours(int[] mentors, ulong[] weeks, int words)
        {
            var fours = new ulong[(mentors.Length + 3) / 4 * 4 * words];
            for (var n = 0; n < mentors.Length; n++)
                for (var w = 0; w < words; w++) fours[(n / 4 * words + w) * 4 + n % 4] = weeks[mentors[n] * words + w];
            return fours;
        }
    }

    sealed record WeekKind(Dictionary<string, byte[]> HoursOfZone, Dictionary<string, TimeSpan?> OffsetOfZone, ulong[] Mentees, ulong[] Mentors);

    public SharedHours(IReadOnlyList<Participant> mentees, IReadOnlyList<Participant> mentors, DateOnly start, int weeks, CancellationToken stop = default)
    {
        var zones = mentees.Concat(mentors).Watched(stop).Where(IsKnown).Select(p => p.TimeZone!).Distinct().Order(StringComparer.Ordinal)
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
                kinds.Add(new(hoursOfWeek, zones.ToDictionary(z => z.Key, z => Offset(z.Value, startUtc)), Lay(mentees, hoursOfWeek, stop), Lay(mentors, hoursOfWeek, stop)));
        }

        var zoneIds = zones.Keys.Order(StringComparer.Ordinal).ToArray();
        menteeZone = [.. mentees.Watched(stop).Select(m => Zone(m, zoneIds))];
        mentorZone = [.. mentors.Select(m => Zone(m, zoneIds))];
        groups = [.. zoneIds.Select((_, zone) => new ZoneGroup([.. Enumerable.Range(0, mentors.Count).Where(j => mentorZone[j] == zone)], kinds, words))];
        kindsApart = [.. from a in zoneIds from b in zoneIds
            select kinds.Select((kind, k) => (k, Apart: Apart(kind, a, b) ?? (object)kind)).DistinctBy(kind => kind.Apart).Select(kind => kind.k).ToArray()];
    }

    /// <summary>How many kinds of week have to be looked at for a pair, on average.</summary>
    public double KindsOfWeek =>
        menteeZone.Where(zone => zone >= 0)
            .Average(zone => groups.Select((group, other) => (double)group.Mentors.Length * kindsApart[zone * groups.Length + other].Length).Sum() / groups.Sum(group => group.Mentors.Length));

    public bool AreKnown(int i, int j) => menteeZone[i] >= 0 && mentorZone[j] >= 0;

    /// <summary>Shared hours in the leanest week: what the pair can count on all through the program. NaN when not known.</summary>
    public float Fewest(int i, int j)
    {
        if (!AreKnown(i, j)) return float.NaN;
        var fewest = int.MaxValue;
        foreach (var kind in kinds) fewest = Math.Min(fewest, Slots(kind, i, j));
        return (float)fewest / slotsPerHour;
    }

    /// <summary>The same for a mentee and every mentor, with room for as many counts, filled up to whole vectors.</summary>
    public void Fewest(int i, Span<float> into, Span<int> room)
    {
        into.Fill(float.NaN);
        if (menteeZone[i] < 0) return;
        var scale = 1f / slotsPerHour;
        for (var zone = 0; zone < groups.Length; zone++)
        {
            var mentors = groups[zone].Mentors;
            var fewest = room[..((mentors.Length + 3) / 4 * 4)];
            fewest.Fill(int.MaxValue);
            foreach (var k in kindsApart[menteeZone[i] * groups.Length + zone])
                Lower(fewest, kinds[k].Mentees.AsSpan(i * words, words), groups[zone].Weeks[k]);
            for (var n = 0; n < mentors.Length; n++) into[mentors[n]] = fewest[n] * scale;
        }
    }

    /// <summary>Lowers counts of shared slots to those of one kind of week.</summary>
    /// <param name="fewest">A count for each mentor of a zone, a multiple of four of them.</param>
    /// <param name="mine">The mentee's week.</param>
    /// <param name="theirs">The mentors' weeks as <see cref="ZoneGroup"/> lays them out, as many words as there are counts times words of a week.</param>
    internal static void Lower(Span<int> fewest, ReadOnlySpan<ulong> mine, ReadOnlySpan<ulong> theirs)
    {
        // What follows reads by reference, without a look at the bounds.
        if (fewest.Length % 4 != 0 || theirs.Length != fewest.Length * mine.Length) throw new ArgumentException("The weeks don't fit the counts.", nameof(theirs));
        if (!Avx2.IsSupported)
        {
            LowerOneByOne(fewest, mine, theirs);
            return;
        }
        // Bits are counted by the halves of each byte, looked up, and added up by byte: a byte holds the counts of up to 31 words, and a week has at most 11.
        var (half, counts) = (Vector256.Create((byte)0x0F), Vector256.Create(BitsOfHalf, BitsOfHalf));
        var to = MemoryMarshal.Cast<int, Vector128<int>>(fewest);
        ref var week = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<ulong, Vector256<byte>>(theirs));
        for (var four = 0; four < to.Length; four++)
        {
            var sum = Vector256<byte>.Zero;
            foreach (var word in mine)
            {
                var shared = week & Vector256.Create(word).AsByte();
                week = ref Unsafe.Add(ref week, 1);
                sum += Avx2.Shuffle(counts, shared & half) + Avx2.Shuffle(counts, (shared.AsUInt16() >> 4).AsByte() & half);
            }
            var slots = Avx2.PermuteVar8x32(Avx2.SumAbsoluteDifferences(sum, Vector256<byte>.Zero).AsInt32(), Vector256.Create(0, 2, 4, 6, 0, 2, 4, 6)).GetLower();
            to[four] = Vector128.Min(to[four], slots);
        }
    }

    static Vector128<byte> BitsOfHalf => Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);

    static void LowerOneByOne(Span<int> fewest, ReadOnlySpan<ulong> mine, ReadOnlySpan<ulong> theirs)
    {
        for (var n = 0; n < fewest.Length; n++)
        {
            var count = 0;
            for (var w = 0; w < mine.Length; w++) count += BitOperations.PopCount(mine[w] & theirs[(n / 4 * mine.Length + w) * 4 + n % 4]);
            fewest[n] = Math.Min(fewest[n], count);
        }
    }

    public double Most(int i, int j) => (double)kinds.Max(kind => Slots(kind, i, j)) / slotsPerHour;

    /// <summary>The weekdays of the first week's shared hours, in the mentee's local time, in the order of the week.</summary>
    public string[] Days(int i, int j, string menteeZone)
    {
        var kind = kinds[0];
        var hours = kind.HoursOfZone[menteeZone];
        var isShared = new bool[7];
        for (var s = 0; s < hours.Length; s++)
            if (((kind.Mentees[i * words + s / 64] & kind.Mentors[j * words + s / 64]) >> (s % 64) & 1) != 0) isShared[hours[s] / 24] = true;
        return [.. Weekdays.Where((_, day) => isShared[day])];
    }

    static int Zone(Participant person, string[] zoneIds) => IsKnown(person) ? Array.BinarySearch(zoneIds, person.TimeZone!, StringComparer.Ordinal) : -1;

    static bool IsKnown(Participant person) => person.WeekHours is not null && person.TimeZone is not null;

    int Slots(WeekKind kind, int i, int j)
    {
        var count = 0;
        for (var w = 0; w < words; w++) count += BitOperations.PopCount(kind.Mentees[i * words + w] & kind.Mentors[j * words + w]);
        return count;
    }

    /// <summary>How far one zone's clock is ahead of another's in a week; null where either changes in it. Two people share as many hours in any two weeks in which it is the same.</summary>
    static TimeSpan? Apart(WeekKind week, string first, string second) => week.OffsetOfZone[first] - week.OffsetOfZone[second];

    /// <summary>A zone's offset in the week from an instant on; null where it changes.</summary>
    TimeSpan? Offset(TimeZoneInfo zone, DateTime startUtc)
    {
        var offset = zone.GetUtcOffset(startUtc);
        for (var s = 1; s < WeekGrid.Hours * slotsPerHour; s++)
            if (zone.GetUtcOffset(startUtc.AddMinutes(60.0 / slotsPerHour * s)) != offset) return null;
        return offset;
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

    ulong[] Lay(IReadOnlyList<Participant> people, Dictionary<string, byte[]> hoursOfWeek, CancellationToken stop)
    {
        var bits = new ulong[people.Count * words];
        foreach (var (p, person) in people.Watched(stop).Index())
        {
            if (!IsKnown(person)) continue;
            var (grid, hours) = (person.WeekHours!, hoursOfWeek[person.TimeZone!]);
            for (var s = 0; s < hours.Length; s++)
                if (grid[hours[s]] == '1') bits[p * words + s / 64] |= 1UL << (s % 64);
        }
        return bits;
    }
}
