using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Experiments;
using Guildhall.Modules.Governance;
using Guildhall.Modules.Impact;
using Guildhall.Modules.Library;
using Guildhall.Modules.Mentorships;
using Guildhall.Modules.Notices;
using Guildhall.Modules.Pairing;
using Guildhall.Modules.People;
using Guildhall.Modules.Portal;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Modules.Sessions;
using Guildhall.Platform;

namespace Guildhall;

/// <summary>The modules in dependency order: the table of contents of the product.</summary>
static class ModuleList
{
    public static readonly IModule[] All =
    [
        new PeopleModule(),
        new SellersModule(),
        new ProgramsModule(),
        new LibraryModule(),
        new EnrollmentModule(),
        new ExperimentsModule(),
        new PairingModule(),
        new MentorshipsModule(),
        new SessionsModule(),
        new ImpactModule(),
        new GovernanceModule(),
        new PortalModule(),
        new NoticesModule(),
    ];
}
