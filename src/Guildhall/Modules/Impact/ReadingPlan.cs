using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Impact;

/// <summary>What a program's manager settled to look at, before looking. Never changed: another plan is a further row, so that every change stands with its day, also one made after a first look.</summary>
sealed class ReadingPlan
{
    ReadingPlan() { }

    public ReadingPlan(Guid programId, int number, ReadingTerms terms, Guid savedBy, DateTimeOffset now)
    {
        (ProgramId, Number, SavedBy, SavedAt) = (programId, number, savedBy, now);
        (Outcome, WindowPeriods, ComparesCategory, ComparesCountry, ComparesAge, UsefulPercent) = terms;
        (FirstSaleWithinDays, FirstSaleUsefulDays) = (terms.FirstSale?.WithinDays, terms.FirstSale?.UsefulDays);
        (MilestoneWithinDays, MilestoneUsefulDays, MilestoneMinorUnits) = (terms.Milestone?.WithinDays, terms.Milestone?.UsefulDays, terms.Milestone?.Threshold);
        (StayingWithinDays, StayingUsefulDays, StayingQuietDays) = (terms.Staying?.WithinDays, terms.Staying?.UsefulDays, (int?)terms.Staying?.Threshold);
    }

    public Guid ProgramId { get; private set; }

    /// <summary>1 is the first.</summary>
    public int Number { get; private set; }
    public StudyOutcome Outcome { get; private set; }
    public int WindowPeriods { get; private set; }
    public bool ComparesCategory { get; private set; }
    public bool ComparesCountry { get; private set; }
    public bool ComparesAge { get; private set; }
    public decimal UsefulPercent { get; private set; }

    /// <summary>Null, as the useful days, where first sales of new sellers are not looked at; so with the others.</summary>
    public int? FirstSaleWithinDays { get; private set; }
    public decimal? FirstSaleUsefulDays { get; private set; }
    public int? MilestoneWithinDays { get; private set; }
    public decimal? MilestoneUsefulDays { get; private set; }
    public long? MilestoneMinorUnits { get; private set; }
    public int? StayingWithinDays { get; private set; }
    public decimal? StayingUsefulDays { get; private set; }
    public int? StayingQuietDays { get; private set; }
    public Guid SavedBy { get; private set; }
    public DateTimeOffset SavedAt { get; private set; }

    public ReadingTerms Terms => new(Outcome, WindowPeriods, ComparesCategory, ComparesCountry, ComparesAge, UsefulPercent)
    {
        FirstSale = WaitTerms.Of(Awaited.FirstSale, FirstSaleWithinDays, FirstSaleUsefulDays, 0),
        Milestone = WaitTerms.Of(Awaited.Milestone, MilestoneWithinDays, MilestoneUsefulDays, MilestoneMinorUnits),
        Staying = WaitTerms.Of(Awaited.Quiet, StayingWithinDays, StayingUsefulDays, StayingQuietDays),
    };

    public static void Map(EntityTypeBuilder<ReadingPlan> plan)
    {
        // Of two who save at once, the second finds the number taken.
        plan.HasKey(p => new { p.ProgramId, p.Number });
        plan.Property(p => p.UsefulPercent).HasPrecision(5, 1);
        plan.Property(p => p.FirstSaleUsefulDays).HasPrecision(5, 1);
        plan.Property(p => p.MilestoneUsefulDays).HasPrecision(5, 1);
        plan.Property(p => p.StayingUsefulDays).HasPrecision(5, 1);
        plan.Ignore(p => p.Terms);
    }
}
