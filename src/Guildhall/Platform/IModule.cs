using Guildhall.Platform.Jobs;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Platform;

/// <summary>One business module: what it registers, the routes it answers, the tables it owns, the mails it sends, what it does by the clock, and its places in the staff rail.</summary>
interface IModule
{
    IEnumerable<Place> Places => [];
    IEnumerable<MailKind> MailKinds => [];
    IEnumerable<Job> Jobs => [];
    void AddServices(IServiceCollection services) { }
    void MapRoutes(IEndpointRouteBuilder routes) { }
    void MapTables(ModelBuilder model) { }
}
