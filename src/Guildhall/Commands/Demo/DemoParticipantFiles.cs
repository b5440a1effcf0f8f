using System.Globalization;

namespace Guildhall.Commands.Demo;

/// <summary>Writes the applicants in the product's one format for participants.</summary>
static class DemoParticipantFiles
{
    const string Shared =
        "id,name,categories,listings,median_price,price_low,price_high,orders_per_week,is_made_to_order,channels,region,languages,time_zone,week_hours,"
        + "style,contact,industries,brands,suppliers,owner,stakes";

    public static void Mentees(DemoCohort cohort, Stream output)
    {
        using var writer = DemoFiles.Csv(output);
        writer.Header(Shared + ",needs,target_orders_per_week,tier");
        foreach (var mentee in cohort.Mentees)
        {
            writer.Row([
                .. SharedCells(mentee), List(mentee.Needs.Select(need => $"{need.Skill}:{Number(need.Urgency)}")),
                Number(mentee.TargetOrdersPerWeek), mentee.Tier]);
        }
    }

    public static void Mentors(DemoCohort cohort, Stream output)
    {
        using var writer = DemoFiles.Csv(output);
        writer.Header(Shared + ",capacity,strengths,passed_orders_per_week,tiers,operator_group,asked,answered,days_since_active");
        foreach (var mentor in cohort.Mentors)
        {
            writer.Row([
                .. SharedCells(mentor), Number(mentor.Capacity),
                List(mentor.Strengths.Select(strength => $"{strength.Skill}:{Number(strength.Level)}{(strength.Evidence is null ? "" : ":" + strength.Evidence)}")),
                Number(mentor.Figures.BestOrdersPerWeek), List(mentor.Tiers), mentor.Seller.OperatorGroup, Number(mentor.Asked), Number(mentor.Answered),
                Number(mentor.DaysSinceActive)]);
        }
    }

    static string?[] SharedCells(DemoParticipant person)
    {
        var (seller, figures) = (person.Seller, person.Figures);
        return
        [
            seller.Id, seller.OwnerName, List(figures.Categories.Select(part => $"{part.Path}:{Number(part.Share)}")),
            Number(figures.Listings), DemoFiles.Money(figures.MedianPriceCents), DemoFiles.Money(figures.LowPriceCents), DemoFiles.Money(figures.HighPriceCents),
            Number(figures.OrdersPerWeek), seller.MakesToOrder ? "true" : "false", List(seller.Channels),
            $"{seller.Place.Country}/{seller.Place.Region}/{seller.Place.City}", List(seller.Languages.Select(language => $"{language.Code}:{language.Level}")),
            seller.Place.TimeZone, person.Week.ToString(), Number(person.Style), Number(person.Contact), List(person.Industries), List(seller.Brands),
            seller.Supplier, seller.OperatorGroup ?? seller.OwnerName, List(person.Stakes),
        ];
    }

    static string List(IEnumerable<string> items) => string.Join(';', items);

    // Adding zero turns −0, which rounding makes of small negatives, into 0.
    static string Number(double value) => (Math.Round(value, 3) + 0.0).ToString("0.###", CultureInfo.InvariantCulture);
}
