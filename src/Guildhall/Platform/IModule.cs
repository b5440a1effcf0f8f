using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Platform;

/// <summary>One business module: what it registers, the routes it answers, the tables it owns, the mails it sends, and its places in the staff rail.</summary>
interface IModule
{
    IEnumerable<Place> Places => [];
    IEnumerable<MailKind> MailKinds => [];
    void AddServices(IServiceCollection services) { }
    void MapRoutes(IEndpointRouteBuilder routes) { }
    void MapTables(ModelBuilder model) { }
}
