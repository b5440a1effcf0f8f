using System.Globalization;

namespace Guildhall.Modules.Programs;

/// <summary>The days that a program can be about. A mistyped year outside them would break whatever counts weeks from it.</summary>
static class ProgramDays
{
    public static readonly DateOnly First = new(2000, 1, 1);
    public static readonly DateOnly Last = new(2100, 12, 31);

    public static bool Has(DateOnly day) => day >= First && day <= Last;

    /// <param name="what">Which day is asked, as its refusal names it: "a first day".</param>
    public static string Outside(string what) => string.Create(CultureInfo.InvariantCulture, $"Choose {what} from {First:d MMM yyyy} to {Last:d MMM yyyy}.");
}
