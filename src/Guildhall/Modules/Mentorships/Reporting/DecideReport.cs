using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>Notes what a program's team did about a report. Of two who decide at once the first has decided.</summary>
sealed class DecideReport(GuildhallDb db, EnrollmentLookup enrollment, AuditTrail trail, TimeProvider clock)
{
    public async Task<Refusal?> Run(ProgramFacts program, Guid id, ReportDecision decision, Actor by, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var reports = db.Set<MessageReport>().Where(report => report.Id == id && db.Set<Mentorship>().Any(m => m.Id == report.MentorshipId && m.ProgramId == program.Id));
        if (await reports.AsNoTracking().SingleOrDefaultAsync(stop) is not { } report) return Refusal.NotFound("report");
        var decided = await reports.Where(one => one.DecidedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.Decision, decision).SetProperty(one => one.DecidedBy, by.AccountId).SetProperty(one => one.DecidedAt, now), stop);
        if (decided == 0) return Refusal.Conflict("decided", "This report was decided already. What stands here is the decision. Nothing was changed.");
        var mentorship = await db.Set<Mentorship>().AsNoTracking().SingleAsync(m => m.Id == report.MentorshipId, stop);
        foreach (var seat in (await enrollment.Participations([mentorship.MenteeId, mentorship.MentorId], stop)).Values)
            trail.Add(by, AuditVerb.Decided, AuditSubject.Seller(seat.SellerId, program.Id), "report", decision switch { ReportDecision.NothingToDo => "nothing-to-do", ReportDecision.SpokenWithBoth => "spoken-with-both", _ => "ended-the-pair" });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return null;
    }
}
