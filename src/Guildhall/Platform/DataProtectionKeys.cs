using System.Xml.Linq;
using Guildhall.Platform.Database;
using Guildhall.Platform.Privacy;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Platform;

/// <summary>Keeps the keys that protect cookies and forms in PostgreSQL, so that any node can read what another wrote.</summary>
sealed class DataProtectionKeys(IServiceScopeFactory scopes) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<GuildhallDb>();
        return [.. db.Set<DataProtectionKey>().AsNoTracking().Select(key => key.Xml).AsEnumerable().Select(xml => XElement.Parse(xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<GuildhallDb>();
        db.Add(new DataProtectionKey(Guid.CreateVersion7(), friendlyName, element.ToString(SaveOptions.DisableFormatting)));
        db.SaveChanges();
    }
}

/// <summary>One key of the data-protection ring, as ASP.NET Core wrote it.</summary>
sealed record DataProtectionKey(Guid Id, string Name, string Xml)
{
    public static void Map(EntityTypeBuilder<DataProtectionKey> key)
    {
        key.ToTable("data_protection_key", "platform").HasKey(k => k.Id);
        key.NotPersonal(k => k.Name).Secrets(k => k.Xml);
    }
}
