namespace Guildhall.Commands.Demo;

/// <summary>Hours a person is free in an ordinary week, in local time: hour 0 is Monday 00:00 to 01:00.</summary>
sealed class DemoWeek
{
    public const int Hours = 168;

    static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    readonly bool[] free = new bool[Hours];

    public bool IsFree(int hour) => free[hour];

    public DemoWeek Add(int day, int from, int to)
    {
        free.AsSpan(day * 24 + from, to - from).Fill(true);
        return this;
    }

    /// <summary>New sellers: after a day job, as is usual in their branch, while children are at school, or around their own workshop; a third also at weekends.</summary>
    public static DemoWeek OfMentee(DemoRandom random, DemoBranch branch)
    {
        var week = new DemoWeek();
        var (earliest, latest, length) = random.Chance(branch.EveningShare) ? (17, 18, 4) : random.Chance(0.6) ? (9, 11, 5) : (11, 15, 6);
        foreach (var day in random.PickSome([0, 1, 2, 3, 4], 3 + random.Below(3)))
        {
            var from = random.Between(earliest, latest);
            week.Add(day, from, Math.Min(22, from + length - random.Below(2)));
        }
        if (random.Chance(0.35)) week.Add(5 + random.Below(2), random.Between(9, 14), 17);
        return week;
    }

    public static DemoWeek AtWeekends() => new DemoWeek().Add(5, 9, 13).Add(6, 9, 12);

    /// <summary>Mentors: a few blocks on working days, in the evening where the branch works then, never at weekends.</summary>
    public static DemoWeek OfMentor(DemoRandom random, DemoBranch branch)
    {
        var week = new DemoWeek();
        foreach (var day in random.PickSome([0, 1, 2, 3, 4], 3 + random.Below(3)))
        {
            if (random.Chance(0.65)) week.Add(day, random.Between(8, 10), 12);
            if (random.Chance(0.6)) week.Add(day, random.Between(13, 14), random.Between(16, 17));
            if (random.Chance(0.2 + 0.7 * branch.EveningShare)) week.Add(day, 17, random.Between(19, 20));
        }
        return week.free.AsSpan().Contains(true) ? week : week.Add(1, 9, 12).Add(3, 16, 19);
    }

    /// <summary>Spans as people write them, days with the same hours together: "mon,wed 9-12; tue 14-17".</summary>
    public override string ToString()
    {
        var spans = new List<(string Hours, List<string> Days)>();
        for (var day = 0; day < 7; day++)
        {
            for (var hour = 0; hour < 24; hour++)
            {
                if (!free[day * 24 + hour]) continue;
                var end = hour;
                while (end < 24 && free[day * 24 + end]) end++;
                var text = $"{hour}-{end}";
                var same = spans.FindIndex(span => span.Hours == text);
                if (same < 0) spans.Add((text, [Days[day]]));
                else spans[same].Days.Add(Days[day]);
                hour = end;
            }
        }
        return string.Join("; ", spans.Select(span => $"{string.Join(',', span.Days)} {span.Hours}"));
    }
}
