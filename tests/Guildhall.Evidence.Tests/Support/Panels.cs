namespace Guildhall.Evidence.Tests.Support;

/// <summary>Reference set 00: our own marketplace, in a file as an importer would see it.</summary>
static class OwnPanel
{
    const string Set = "00_own_marketplace_panel";
    const int Months = 18;

    public static OutcomePanel Outcomes(bool withCovariates) =>
        OutcomePanel.Of(Months, Reference.Table(Set, "panel.csv").Numbers("log_revenue"), Joined(), withCovariates ? Covariates() : null).Required;

    public static MoneyPanel Money() => MoneyPanel.Of(Months, Reference.Table(Set, "panel.csv").Numbers("revenue"), Joined(), Covariates()).Required;

    public static int[] Joined() => FirstOfEach(Reference.Table(Set, "panel.csv").Whole("cohort"), Months);

    public static double[][] Covariates()
    {
        var table = Reference.Table(Set, "panel.csv");
        var category = FirstOfEach(table.Whole("category"), Months);
        return [FirstOfEach(table.Numbers("quality"), Months), .. Enumerable.Range(1, 3).Select(c => Array.ConvertAll(category, value => value == c ? 1.0 : 0))];
    }

    static T[] FirstOfEach<T>(T[] column, int periods) => [.. column.Where((_, row) => row % periods == 0)];
}

/// <summary>Reference set 01: teen employment of 500 counties, the example of R's did package.</summary>
static class TeenEmployment
{
    public const int FirstYear = 2003;
    const int Years = 5;

    public static OutcomePanel Panel(bool withPopulation)
    {
        var table = Reference.Table("01_did_mpdta");
        var (county, year, first, log, population) = (table.Whole("countyreal"), table.Whole("year"), table.Whole("first.treat"), table.Numbers("lemp"), table.Numbers("lpop"));
        var counties = county.Distinct().ToArray();
        var (outcomes, joined, logPopulation) = (new double[counties.Length * Years], new int[counties.Length], new double[counties.Length]);
        for (var row = 0; row < county.Length; row++)
        {
            var i = Array.IndexOf(counties, county[row]);
            outcomes[i * Years + year[row] - FirstYear] = log[row];
            joined[i] = first[row] == 0 ? 0 : first[row] - FirstYear + 1;
            logPopulation[i] = population[row];
        }
        return OutcomePanel.Of(Years, outcomes, joined, withPopulation ? [logPopulation] : null).Required;
    }
}
