using System.Globalization;

namespace Guildhall.Commands;

/// <summary>A number with its noun, as one says it: "1 mentor", "1,200 mentors".</summary>
static class Counted
{
    public static string Of(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");
}
