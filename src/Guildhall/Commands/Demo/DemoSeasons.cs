namespace Guildhall.Commands.Demo;

/// <summary>How a category's demand moves through the year.</summary>
enum DemoSeason { Steady, Home, Gifts, Toys, Love, Fashion, Winter, Spring, Summer, School, Fresh, Tech }

/// <summary>Demand on a day relative to the category's average day: month of the year, day of the week, and the days every shopkeeper knows.</summary>
static class DemoSeasons
{
    static readonly Dictionary<DemoSeason, double[]> Months = new()
    {
        [DemoSeason.Steady] = [1.00, 0.95, 0.98, 0.97, 1.00, 0.97, 0.95, 0.96, 0.98, 1.02, 1.12, 1.10],
        [DemoSeason.Home] = [1.02, 0.92, 0.96, 0.95, 0.96, 0.90, 0.88, 0.92, 1.00, 1.06, 1.28, 1.15],
        [DemoSeason.Gifts] = [0.72, 0.85, 0.82, 0.84, 1.02, 0.86, 0.80, 0.80, 0.90, 1.06, 1.58, 1.75],
        [DemoSeason.Toys] = [0.66, 0.68, 0.74, 0.80, 0.80, 0.80, 0.80, 0.84, 0.90, 1.12, 1.83, 2.03],
        [DemoSeason.Love] = [0.86, 1.42, 0.80, 0.90, 1.22, 0.92, 0.80, 0.80, 0.84, 0.92, 1.22, 1.30],
        [DemoSeason.Fashion] = [0.84, 0.82, 1.02, 1.10, 1.06, 0.95, 0.86, 0.88, 1.10, 1.10, 1.20, 1.07],
        [DemoSeason.Winter] = [1.45, 1.15, 0.88, 0.68, 0.55, 0.48, 0.50, 0.68, 1.02, 1.42, 1.65, 1.54],
        [DemoSeason.Spring] = [0.48, 0.75, 1.32, 1.80, 1.85, 1.34, 0.98, 0.82, 0.80, 0.68, 0.58, 0.60],
        [DemoSeason.Summer] = [0.62, 0.70, 0.96, 1.18, 1.34, 1.40, 1.36, 1.16, 0.94, 0.76, 0.74, 0.84],
        [DemoSeason.School] = [1.08, 0.90, 0.86, 0.86, 0.86, 0.88, 1.10, 1.58, 1.32, 0.96, 0.88, 0.72],
        [DemoSeason.Fresh] = [1.75, 1.18, 1.05, 0.98, 0.95, 0.88, 0.82, 0.86, 1.02, 0.88, 0.85, 0.78],
        [DemoSeason.Tech] = [0.92, 0.86, 0.90, 0.88, 0.88, 0.90, 0.92, 0.98, 1.04, 0.98, 1.46, 1.28],
    };

    // Monday first. Office goods sell at the start of the week (so did Olist: Saturday 0.56, Monday 1.09); hobbies at its end.
    static readonly double[] WeekdayRhythm = [1.16, 1.13, 1.09, 1.04, 0.95, 0.78, 0.85];
    static readonly double[] WeekendRhythm = [0.95, 0.91, 0.92, 0.95, 0.99, 1.08, 1.20];

    public static double Demand(DemoCategory category, DateOnly day) =>
        Year(category.Season, day) * Week(category, day) * SpecialDay(category.Season, day);

    /// <summary>The month table, joined by straight lines between the middles of months.</summary>
    static double Year(DemoSeason season, DateOnly day)
    {
        var table = Months[season];
        var position = (day.Day - 0.5) / DateTime.DaysInMonth(day.Year, day.Month) - 0.5;
        var month = day.Month - 1;
        var neighbor = position < 0 ? (month + 11) % 12 : (month + 1) % 12;
        var distance = Math.Abs(position);
        return table[month] * (1 - distance) + table[neighbor] * distance;
    }

    static double Week(DemoCategory category, DateOnly day) =>
        (category.SellsAtWeekends ? WeekendRhythm : WeekdayRhythm)[((int)day.DayOfWeek + 6) % 7];

    static double SpecialDay(DemoSeason season, DateOnly day) => day switch
    {
        { Month: 12, Day: 24 or 25 } => 0.45,
        { Month: 12, Day: >= 20 } => season is DemoSeason.Gifts or DemoSeason.Toys ? 0.7 : 0.85,
        { Month: 1, Day: 1 } => 0.6,
        { Month: 2, Day: > 14 and < 20 } when season == DemoSeason.Love => 0.6,
        _ => DaysFromBlackFriday(day) is >= 0 and <= 3 and var after
            ? 1 + CyberLift(season) * (after is 0 or 3 ? 1 : 0.5)
            : 1,
    };

    static double CyberLift(DemoSeason season) => season switch
    {
        DemoSeason.Tech => 2.2,
        DemoSeason.Toys or DemoSeason.Gifts or DemoSeason.Fashion => 1.2,
        _ => 0.7,
    };

    static int DaysFromBlackFriday(DateOnly day)
    {
        var first = new DateOnly(day.Year, 11, 1);
        var firstThursday = first.AddDays(((int)DayOfWeek.Thursday - (int)first.DayOfWeek + 7) % 7);
        return day.DayNumber - firstThursday.AddDays(22).DayNumber;
    }
}
