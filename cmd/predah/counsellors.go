package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"text/tabwriter"
	"time"

	"predah/internal/account"
	"predah/internal/store"
)

// counsellorsCommand is all there is for administrators: whoever can read the data can do
// it, and nobody can over the network. It works beside a running service.
type counsellorsCommand struct {
	Invite    inviteCommand          `cmd:"" help:"Invite a counsellor, or one who lost the password, and print the link."`
	List      listCounsellorsCommand `cmd:"" help:"List the accounts, with the last sign-in and what waits unopened, and the open invitations."`
	Disable   disableCommand         `cmd:"" help:"End an account, and all that was shared with it, at once."`
	Remove    removeCommand          `cmd:"" help:"End an account, and delete its address, its name and all else that is kept of it."`
	ResetTOTP resetTOTPCommand       `cmd:"" name:"reset-totp" help:"Give a new second factor to someone who lost it and the recovery codes."`
}

type inviteCommand struct {
	dataFlags
	Email        string    `arg:"" help:"Address of the person."`
	Name         string    `required:"" help:"Name of the person, as those who share will see it."`
	Organisation string    `required:"" help:"Organisation, as those who share will see it."`
	PublicURL    publicURL `default:"http://127.0.0.1:8080" placeholder:"URL" help:"Address people reach the service at (${default})."`
}

type listCounsellorsCommand struct{ dataFlags }

type disableCommand struct {
	dataFlags
	Email string `arg:"" help:"Address of the person."`
}

type removeCommand struct {
	dataFlags
	Email string `arg:"" help:"Address of the person."`
}

type resetTOTPCommand struct {
	dataFlags
	Email string `arg:"" help:"Address of the person."`
}

// accounts runs do with the accounts of the database.
func (f dataFlags) accounts(do func(context.Context, *account.Service) error) (err error) {
	ctx := context.Background()
	config := f.config(slog.New(slog.DiscardHandler)) // what fails is returned
	config.Use = store.Serving
	opened, err := f.open(ctx, config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	kept, err := f.secretsOf(ctx, opened, false)
	if err != nil {
		return err
	}
	return do(ctx, newAccounts(opened, newVaults(opened), kept.Pepper()))
}

// of runs do with the account of an address, and says which address has none.
func (f dataFlags) of(address string, do func(context.Context, *account.Service, account.Email) error) error {
	email, err := account.ParseEmail(address)
	if err != nil {
		return fmt.Errorf("%q: %w", address, err)
	}
	return f.accounts(func(ctx context.Context, accounts *account.Service) error {
		err := do(ctx, accounts, email)
		if errors.Is(err, account.ErrNotFound) {
			return fmt.Errorf("%s has no account; predah counsellors list shows who has", email)
		}
		return err
	})
}

// idOf is the id of the account that an address has, or is invited to.
func idOf(ctx context.Context, accounts *account.Service, email account.Email) (id account.ID, err error) {
	counsellors, invitations, err := accounts.List(ctx)
	for _, one := range invitations {
		if one.Email == email {
			id = one.Account
		}
	}
	for _, one := range counsellors {
		if one.Email == email {
			id = one.ID
		}
	}
	return id, err
}

// logAccount logs what was done to an account by its id alone: logs are read by more people than
// may know who has one.
func logAccount(std streams, done string, id account.ID) {
	newLogger(std.err, "text", "info").Info(done, slog.String("account", string(id)))
}

// Run prints the link alone, so that it can be passed on.
func (c inviteCommand) Run(std streams) error {
	return c.of(c.Email, func(ctx context.Context, accounts *account.Service, email account.Email) error {
		token, err := accounts.Invite(ctx, email, c.Name, c.Organisation)
		if errors.Is(err, account.ErrName) {
			return fmt.Errorf("--name and --organisation have 1 to %d characters: %w", account.MaxName, err)
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(std.out, "%s/vabilo#%s\n", strings.TrimRight(string(c.PublicURL), "/"), token.Text())
		fmt.Fprintf(std.err, "Give this link to %s only; it works once, for 72 hours. If the address has an account, accepting replaces its key, "+
			"and what was shared with the old one is deleted.\n", email)
		id, err := idOf(ctx, accounts, email)
		logAccount(std, "counsellor invited", id)
		return err
	})
}

// Run prints a line for each account and invitation.
func (c listCounsellorsCommand) Run(std streams) error {
	return c.accounts(func(ctx context.Context, accounts *account.Service) error {
		counsellors, invitations, err := accounts.List(ctx)
		if err != nil {
			return err
		}
		table := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
		for _, one := range counsellors {
			fmt.Fprintf(table, "%s\t%s\t%s\t%s\tsince %s\t%s\t%s\n", one.Email, one.Status, one.Name, one.Organisation,
				one.Made.Format(time.DateOnly), lastSignIn(one), waiting(one))
		}
		for _, one := range invitations {
			fmt.Fprintf(table, "%s\tinvited\t%s\t%s\tuntil %s\n", one.Email, one.Name, one.Organisation, one.Expires.Format(time.RFC3339))
		}
		return table.Flush()
	})
}

// lastSignIn says when somebody was here, or until when the account can be looked up.
func lastSignIn(one account.Listed) string {
	switch {
	case one.Status == account.Disabled:
		return "removed on " + one.Disabled.Add(account.DisabledKept).Format(time.DateOnly)
	case one.LastSignIn.IsZero():
		return "never signed in"
	}
	return "last sign-in " + one.LastSignIn.Format(time.DateOnly)
}

// waiting says what nobody has opened yet.
func waiting(one account.Listed) string {
	if one.Waiting.Count == 0 {
		return "nothing waits"
	}
	return fmt.Sprintf("%d unopened, the oldest since %s", one.Waiting.Count, one.Waiting.Since.Format(time.DateOnly))
}

// Run ends the account and forgets it.
func (c removeCommand) Run(std streams) error {
	return c.of(c.Email, func(ctx context.Context, accounts *account.Service, email account.Email) error {
		if err := accounts.Remove(ctx, email); err != nil {
			return err
		}
		fmt.Fprintf(std.out, "%s is removed: nothing is kept of the account, and whatever was shared with it is gone. "+
			"People who shared still see its name in their own lists of openings, until they clear them.\n", email)
		return nil
	})
}

// Run ends the account.
func (c disableCommand) Run(std streams) error {
	return c.of(c.Email, func(ctx context.Context, accounts *account.Service, email account.Email) error {
		id, err := idOf(ctx, accounts, email)
		if err != nil {
			return err
		}
		if err := accounts.Disable(ctx, email); err != nil {
			return err
		}
		fmt.Fprintf(std.out, "%s is disabled: sessions, share links and whatever was shared are gone. Address and name are deleted in six months, "+
			"or at once by predah counsellors remove.\n", email)
		logAccount(std, "account disabled", id)
		return nil
	})
}

// Run prints the new second factor.
func (c resetTOTPCommand) Run(std streams) error {
	return c.of(c.Email, func(ctx context.Context, accounts *account.Service, email account.Email) error {
		factor, err := accounts.ResetTOTP(ctx, email)
		if err != nil {
			return err
		}
		fmt.Fprintf(std.out, "%s\n%s\n", factor.Secret, factor.URI)
		fmt.Fprintf(std.err, "Give one of these lines to %s in person, and ask for a new second factor to be set up after the next sign-in: "+
			"you have seen this one. The sessions have ended; the old recovery codes are void.\n", email)
		return nil
	})
}
