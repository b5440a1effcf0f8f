using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>The tables of Enrollment: participants, applications with their reviews, baselines, certifications, disclosures, signatures, free trials with their sessions and tips, invitations to mentor, and what was told of welcome sessions.</summary>
static class EnrollmentTables
{
    const string Schema = "enrollment";

    public static void Map(ModelBuilder model)
    {
        model.Entity<Participant>(participant =>
        {
            participant.ToTable("participant", Schema, table => table.HasCheckConstraint("one_profile", "num_nonnulls(as_mentee, as_mentor) = 1"));
            Participant.Map(participant);
        });
        model.Entity<Application>(application => { application.ToTable("application", Schema); Application.Map(application); });
        model.Entity<VettingReview>(review => { review.ToTable("vetting_review", Schema); VettingReview.Map(review); });
        model.Entity<Certification>(certification => { certification.ToTable("certification", Schema); Certification.Map(certification); });
        model.Entity<Baseline>(baseline => { baseline.ToTable("baseline", Schema, table => table.HasCheckConstraint("first_is_frozen", "(version = 1) = (import_id IS NULL)")); Baseline.Map(baseline); });
        model.Entity<Disclosure>(disclosure => { disclosure.ToTable("disclosure", Schema); Disclosure.Map(disclosure); });
        model.Entity<WelcomeNotice>(notice => { notice.ToTable("welcome_notice", Schema); WelcomeNotice.Map(notice); });
        model.Entity<MentorInvitation>(invitation => { invitation.ToTable("mentor_invitation", Schema); MentorInvitation.Map(invitation); });
        model.Entity<TrialSession>(session => { session.ToTable("trial_session", Schema); TrialSession.Map(session); });
        model.Entity<Trial>(trial => { trial.ToTable("trial", Schema); Trial.Map(trial); });
        model.Entity<TrialTip>(tip => { tip.ToTable("trial_tip", Schema); TrialTip.Map(tip); });
        model.Entity<CharterSignature>(signature => { signature.ToTable("charter_signature", Schema); CharterSignature.Map(signature); });
    }
}
