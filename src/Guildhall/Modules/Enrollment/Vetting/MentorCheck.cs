using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;

namespace Guildhall.Modules.Enrollment;

/// <summary>Holds an applicant's figures against what a program asks of mentors, for who reviews them. How a shop sells against others is left to the finder, which compares them all.</summary>
static class MentorCheck
{
    /// <returns>What the shop falls short of, a line each; what isn't known is said as that.</returns>
    public static IReadOnlyList<string> Against(MentorCriteria asked, SellerFigures? figures)
    {
        if (figures is null) return ["None of its figures is known."];
        List<string> against = [];
        if (figures.FirstOrderOn is not { } first) against.Add("No order of it is known.");
        else if (figures.AsOf.DayNumber - first.DayNumber is var selling && selling < asked.MinimumDaysSelling) against.Add(Said($"Its first order was {Days(selling)} ago; {asked.MinimumDaysSelling:N0} are asked."));
        if (figures.LastOrderOn is { } last && figures.AsOf.DayNumber - last.DayNumber is var quiet && quiet > asked.ActiveWithinDays) against.Add(Said($"Its last order was {Days(quiet)} ago; at most {asked.ActiveWithinDays:N0} are asked."));
        if (figures.Reviews < asked.MinimumReviews) against.Add(Said($"{figures.Reviews:N0} {(figures.Reviews == 1 ? "review is" : "reviews are")} known; {asked.MinimumReviews:N0} are asked."));
        else if (figures.ReviewMean < (double)asked.MinimumReviewMean) against.Add(Said($"Its reviews average {figures.ReviewMean:0.0} of 5; {asked.MinimumReviewMean:0.0} are asked."));
        return against;
    }

    static string Days(int days) => Said($"{days:N0} {(days == 1 ? "day" : "days")}");

    static string Said(FormattableString text) => text.ToString(CultureInfo.CurrentCulture);
}
