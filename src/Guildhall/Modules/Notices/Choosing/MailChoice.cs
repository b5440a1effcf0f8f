using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Notices;

/// <summary>When somebody wants mails of one kind that can wait. That they want none of it at all is kept apart: that has a link in every mail.</summary>
sealed record MailChoice(string AddressKey, string KindId, bool InDigest)
{
    public static void Map(EntityTypeBuilder<MailChoice> choice)
    {
        choice.ToTable("mail_choice", "notices").HasKey(c => new { c.AddressKey, c.KindId });
        choice.BelongsToAddress(c => c.AddressKey).LeavesWithItsOwner().Personal(c => c.AddressKey).NotPersonal(c => c.KindId);
    }
}

/// <summary>The hours in which somebody gets no mail that can wait, by their own clocks, whichever those are that day.</summary>
sealed record QuietTime(string AddressKey, TimeOnly From, TimeOnly To)
{
    public static void Map(EntityTypeBuilder<QuietTime> quiet)
    {
        quiet.ToTable("quiet_time", "notices").HasKey(q => q.AddressKey);
        quiet.BelongsToAddress(q => q.AddressKey).LeavesWithItsOwner().Personal(q => q.AddressKey);
    }
}
