package org.towncrier.console.api;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.towncrier.console.campaign.Campaign;
import org.towncrier.console.campaign.Campaigns;
import org.towncrier.console.campaignfile.CampaignFile;
import org.towncrier.console.campaignfile.CampaignFiles;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.table.Tables;
import org.towncrier.console.token.Caller;
import org.towncrier.console.token.Scope;
import org.towncrier.protocol.CampaignId;

/** Campaigns, and their files in and out. */
@RestController
@RequestMapping(path = ApiSecurity.BASE, produces = MediaType.APPLICATION_JSON_VALUE)
class CampaignsApi {
  static final String YAML = "application/yaml";

  private final Campaigns campaigns;
  private final CampaignFiles files;
  private final Tables tables;

  CampaignsApi(Campaigns campaigns, CampaignFiles files, Tables tables) {
    this.campaigns = campaigns;
    this.files = files;
    this.tables = tables;
  }

  @Says("A campaign: who speaks, and what a refusal holds for")
  record CampaignBody(
      String id,
      String title,
      @Says("Who speaks, as every phone reads it") String sender,
      @Says("How to object or ask, as every phone reads it") String contact,
      @Says("The first day, local") LocalDate starts,
      @Says("The last day, local") LocalDate ends,
      @Says("Grows with each change; who changes it says which one they read") int edit) {

    static CampaignBody of(Campaign campaign) {
      return new CampaignBody(
          campaign.id().value(),
          campaign.title(),
          campaign.sender(),
          campaign.contact(),
          campaign.startsOn(),
          campaign.endsOn(),
          campaign.edit());
    }
  }

  @Says("A campaign to begin; its id is made of the title")
  record NewCampaign(
      @Says("For the team; phones don't show it. 80 characters at most") String title,
      @Says("Who speaks, as every phone reads it. One line, 160 characters at most") String sender,
      @Says("How to object or ask, as every phone reads it. One line, 160 characters at most")
          String contact,
      @Says("The first day, local") LocalDate starts,
      @Says("The last day, local; 90 days at most") LocalDate ends) {}

  @Says("A campaign in place of the one that was read")
  record ChangedCampaign(
      @Says("The edit that was read, so that nobody's changes are lost unseen") Integer edit,
      @Says("For the team") String title,
      @Says("Stays once a second person has read a message of it") String sender,
      @Says("Stays once a second person has read a message of it") String contact,
      @Says("Not after the first day of a message of it") LocalDate starts,
      @Says("Not before the last day of a message of it") LocalDate ends) {}

  @Says("What an import brought in")
  record Imported(
      String campaign, @Says("The ids of its messages, all drafts") List<String> messages) {}

  @Endpoint(scope = Scope.CAMPAIGNS_READ, says = "Lists campaigns, the newest first")
  @GetMapping("/campaigns")
  Listing<CampaignBody> list(
      @Says("Which page, from 1") @RequestParam(defaultValue = "1") @Min(1) int page,
      @Says("How many a page has")
          @RequestParam(defaultValue = Listing.SIZE)
          @Min(1)
          @Max(Listing.MOST)
          int size) {
    return Listing.of(campaigns.all().stream().map(CampaignBody::of).toList(), page, size);
  }

  @Endpoint(scope = Scope.CAMPAIGNS_READ, says = "All campaigns, as CSV")
  @GetMapping(path = "/campaigns.csv", produces = "text/csv")
  ResponseEntity<byte[]> table() {
    return tables.campaigns().download("towncrier-campaigns.csv");
  }

  @Endpoint(scope = Scope.CAMPAIGNS_READ, says = "One campaign")
  @GetMapping("/campaigns/{campaign}")
  CampaignBody one(@PathVariable String campaign) {
    return CampaignBody.of(existing(campaign));
  }

  @Endpoint(
      scope = Scope.CAMPAIGNS_READ,
      says = "A campaign with the newest version of its messages, as a file that can be imported")
  @GetMapping(path = "/campaigns/{campaign}/file", produces = YAML)
  ResponseEntity<byte[]> file(@PathVariable String campaign) {
    return ResponseEntity.ok()
        .contentType(new MediaType("application", "yaml", StandardCharsets.UTF_8))
        .body(files.write(existing(campaign).id()).getBytes(StandardCharsets.UTF_8));
  }

  @Endpoint(
      scope = Scope.CAMPAIGNS_WRITE,
      says = "Begins a campaign, without messages",
      status = 201)
  @PostMapping(path = "/campaigns", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<CampaignBody> begin(
      @RequestBody NewCampaign body, @AuthenticationPrincipal Caller caller) {
    CampaignId id = campaigns.freeId(body.title());
    campaigns.create(
        caller.username(),
        new Campaign(id, body.title(), body.sender(), body.contact(), body.starts(), body.ends()));
    return ResponseEntity.created(address(id.value())).body(one(id.value()));
  }

  @Endpoint(scope = Scope.CAMPAIGNS_WRITE, says = "Changes a campaign; its messages stay")
  @PutMapping(path = "/campaigns/{campaign}", consumes = MediaType.APPLICATION_JSON_VALUE)
  CampaignBody change(
      @PathVariable String campaign,
      @RequestBody ChangedCampaign body,
      @AuthenticationPrincipal Caller caller) {
    campaigns.change(
        caller.username(),
        new Campaign(
            existing(campaign).id(),
            body.title(),
            body.sender(),
            body.contact(),
            body.starts(),
            body.ends(),
            body.edit()));
    return one(campaign);
  }

  @Endpoint(
      scope = Scope.CAMPAIGNS_WRITE,
      says = "Takes in a campaign file, whole or not at all. Its messages are drafts",
      status = 201)
  @PostMapping(path = "/campaign-files", consumes = YAML)
  ResponseEntity<Imported> take(
      @Says("A campaign file in UTF-8") @RequestBody byte[] body,
      @AuthenticationPrincipal Caller caller) {
    CampaignFile file = files.read(text(body));
    files.take(caller.username(), file);
    String id = file.campaign().id().value();
    return ResponseEntity.created(address(id))
        .body(
            new Imported(
                id, file.messages().stream().map(message -> message.id().value()).toList()));
  }

  private static URI address(String id) {
    return URI.create(ApiSecurity.BASE + "/campaigns/" + id);
  }

  private static String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException notText) {
      throw new InvalidInputException("", "The file is not text in UTF-8");
    }
  }

  private Campaign existing(String id) {
    try {
      return campaigns.find(new CampaignId(id)).orElseThrow(() -> none(id));
    } catch (IllegalArgumentException noCampaignHasIt) {
      throw none(id);
    }
  }

  private static ResponseStatusException none(String id) {
    return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no campaign " + id + ".");
  }
}
