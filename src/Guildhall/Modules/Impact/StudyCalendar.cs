using Guildhall.Modules.Sellers;

namespace Guildhall.Modules.Impact;

/// <summary>
/// The periods of four weeks in which a program is studied, numbered from 1. They are counted from the program's first day, so no import moves them: the first four lie before it, three to compare with and the one before joining, which is left
/// out because sellers may join after a bad month.
/// </summary>
sealed record StudyCalendar(DateOnly StartsOn, int WindowPeriods)
{
    public const int PeriodsBefore = 4;

    public DateOnly FirstDay => StartsOn.AddDays(-PeriodsBefore * SellerPanel.DaysAPeriod);

    /// <summary>The period that somebody joined in. Who was ready before the program's first day joined on it.</summary>
    public int PeriodOf(DateOnly joinedOn) => PeriodsBefore + 1 + (Math.Max(0, joinedOn.DayNumber - StartsOn.DayNumber) / SellerPanel.DaysAPeriod);

    /// <summary>The last period of the window, which is counted from the last who joined.</summary>
    public int LastPeriod(int lastJoined) => lastJoined + WindowPeriods - 1;

    /// <summary>How many periods some weeks reach into.</summary>
    public static int PeriodsOf(int weeks) => ((7 * weeks) + SellerPanel.DaysAPeriod - 1) / SellerPanel.DaysAPeriod;

    /// <summary>The last period that is over on a day.</summary>
    public int PeriodsThrough(DateOnly day) => (day.DayNumber - FirstDay.DayNumber + 1) / SellerPanel.DaysAPeriod;

    public DateOnly LastDayOf(int period) => FirstDay.AddDays((period * SellerPanel.DaysAPeriod) - 1);
}
