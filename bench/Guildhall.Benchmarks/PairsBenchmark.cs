using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Guildhall.Matching;

namespace Guildhall.Benchmarks;

/// <summary>
/// `bench pairs`: pairs a second on one core, part by part, beside a limit measured in the same run: the arithmetic of counting the shared bits of two weeks, from the
/// nearest cache. No way of holding every pair against the rule on shared hours can leave it out.
/// </summary>
internal static class PairsBenchmark
{
    /// <summary>Mentors whose weeks, 24 bytes each, lie in the nearest cache.</summary>
    const int NearMentors = 256;

    public static int Run(string[] args)
    {
        var options = new Options(args);
        var sides = Array.ConvertAll(options.Get("size", "2000x10000").Split('x'), side => int.Parse(side, CultureInfo.InvariantCulture));
        var repeats = int.Parse(options.Get("repeats", "5"), CultureInfo.InvariantCulture);
        var input = Marketplace.Make(sides[0], sides[1]);
        var people = new ProfileColumns(input);
        var regime = new RuleRegime(input.Settings.Rules);
        var table = new PairTable(people, input.Settings, regime);
        var pairs = new PossiblePairs(table, regime, Array.ConvertAll(people.Mentors, mentor => mentor.Capacity), [.. Enumerable.Repeat(-1, sides[0])], default, mostKept: 0);
        var (near, mine) = (new ulong[3 * NearMentors], new ulong[3]);
        new Random(1).NextBytes(MemoryMarshal.AsBytes(near.AsSpan()));
        new Random(2).NextBytes(MemoryMarshal.AsBytes(mine.AsSpan()));

        var (hours, room, row, reader) = (new float[Lanes.Padded(sides[1])], new int[Lanes.Padded(sides[1])], new PairTable.Row(sides[1]), new PossiblePairs.Reader(pairs));
        var (keys, possible, kinds) = (new long[sides[1]], 0L, people.Hours.KindsOfWeek);
        var parts = new (string Name, Action<int> Read)[]
        {
            ($"limit: the shared bits of {kinds:F2} weeks a pair", _ => Arithmetic(mine, near, room, kinds * sides[1])),
            ("shared hours", i => people.Hours.Fewest(i, hours, room)),
            ("and every rule, every pair", i => table.Breaks.Broken(i, hours, row.Broken)),
            ("shared hours, rules, scores of unblocked pairs", i => table.Read(i, regime.Required, row)),
            ("and the possible pairs", i => reader.Compute(i)),
            ("and the best fifty", i => Best(reader.Compute(i), keys)),
        };
        var limit = 0.0;
        foreach (var (name, read) in parts)
        {
            var seconds = new double[repeats];
            // The runtime compiles what runs often anew, in the background: two seconds are enough for it.
            for (var warm = Stopwatch.StartNew(); warm.Elapsed.TotalSeconds < 2;)
                for (var i = 0; i < sides[0]; i++) read(i);
            for (var r = 0; r < repeats; r++)
            {
                var begin = Stopwatch.GetTimestamp();
                for (var i = 0; i < sides[0]; i++) read(i);
                seconds[r] = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            }
            Array.Sort(seconds);
            var speed = (double)sides[0] * sides[1] / seconds[repeats / 2] / 1e6;
            limit = limit == 0 ? speed : limit;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{speed,8:F0} million pairs a second, {speed / limit:F2} of the limit: {name}"));
        }
        for (var i = 0; i < sides[0]; i++) possible += reader.Compute(i).Count;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{possible:N0} of {(long)sides[0] * sides[1]:N0} pairs possible; one core"));
        return 0;
    }

    static void Arithmetic(ulong[] mine, ulong[] near, int[] room, double weeks)
    {
        for (var done = 0; done < weeks; done += NearMentors) SharedHours.Lower(room.AsSpan(0, NearMentors), mine, near);
    }

    static void Best(PossiblePairs.Row row, long[] keys)
    {
        for (var k = 0; k < row.Count; k++) keys[k] = ((long)-row.Scores[k] << 32) | (uint)row.Mentors[k];
        if (row.Count > 50) Selection.MoveLeastToFront(keys.AsSpan(0, row.Count), 50);
    }
}
