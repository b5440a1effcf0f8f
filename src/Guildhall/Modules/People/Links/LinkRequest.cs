using Guildhall.Platform.Mail;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.People;

/// <summary>
/// Somebody typed an address and asked for a link. It is stored alike for every address and looked into after the answer is given, so that neither
/// words nor time tell who has an account.
/// </summary>
sealed record LinkRequest(Guid Id, LinkPurpose Purpose, string Email)
{
    public static void Map(EntityTypeBuilder<LinkRequest> request)
    {
        request.Property(r => r.Email).HasMaxLength(EmailAddress.LengthLimit);
        request.BelongsToAddress(r => r.Email).LeavesWithItsOwner().Personal(r => r.Email);
    }
}
