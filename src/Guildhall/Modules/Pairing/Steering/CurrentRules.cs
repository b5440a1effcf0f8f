using Guildhall.Matching;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>A program's matching settings as they are now, and which edition of them: 0 until somebody changed the defaults.</summary>
sealed record RulesNow(MatchSettings Settings, uint Seen, Guid? ChangedBy, DateTimeOffset? ChangedAt);

/// <summary>Reads a program's matching settings; a program that nobody steered yet has the defaults.</summary>
sealed class CurrentRules(GuildhallDb db)
{
    public async Task<RulesNow> Of(ProgramFacts program, CancellationToken stop)
    {
        var stored = await db.Set<MatchingRules>().AsNoTracking().SingleOrDefaultAsync(rules => rules.ProgramId == program.Id, stop);
        // First day and length always come from the program: they are its own to change.
        return stored is null
            ? new RulesNow(new MatchSettings { ProgramStart = program.StartsOn, ProgramWeeks = program.Design.Structure.LengthWeeks }, 0, null, null)
            : new RulesNow(Whole(stored.Settings) with { ProgramStart = program.StartsOn, ProgramWeeks = program.Design.Structure.LengthWeeks }, stored.RowVersion, stored.ChangedBy, stored.ChangedAt);
    }

    /// <summary>Settings that were stored before declared categories were compared compare them, as those of a new program do.</summary>
    static MatchSettings Whole(MatchSettings settings) => settings.Rules.Any(rule => rule.Rule == Rule.DeclaredCompetition) ? settings
        : settings with { Rules = [.. settings.Rules, RuleSetting.Defaults.First(rule => rule.Rule == Rule.DeclaredCompetition)] };
}
