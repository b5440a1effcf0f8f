using System.Net.Mail;

namespace Guildhall.Platform.Mail;

/// <summary>Takes mails where no mail server is set: as files into a folder that only we can open, or, without one, nowhere but the table they are in.</summary>
sealed class FolderDelivery(string? folder) : IDeliverMail
{
    public async Task<MailAnswer> Deliver(MailMessage message, Guid id)
    {
        if (folder is null) return new(MailVerdict.Taken, "No mail server is set, so it is kept here and went nowhere.");
        // The client chooses the file's name itself.
        var unfinished = Path.Combine(folder, $".{id}");
        try
        {
            // Who reads the links in here can follow them.
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
            Directory.CreateDirectory(unfinished);
            using (var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = unfinished })
                await client.SendMailAsync(message);
            var file = Path.Combine(folder, $"{id}.eml");
            File.Move(Directory.EnumerateFiles(unfinished).Single(), file, overwrite: true);
            Directory.Delete(unfinished);
            return new(MailVerdict.Taken, $"No mail server is set, so it went to {file}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or SmtpException)
        {
            return new(MailVerdict.Unreachable, $"The folder {folder} can’t be written: {failure.Message}");
        }
    }
}
